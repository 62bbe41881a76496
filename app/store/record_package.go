package store

import (
	"context"
	"encoding/json"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// PackageFileRecord is what the index of a whole channel holds of a conda file.
type PackageFileRecord struct {
	PackageID   int64           `bun:"package_id"`
	Subdir      string          `bun:"subdir"`
	FileName    string          `bun:"file_name"` // without the subdir
	Version     string          `bun:"version"`
	BuildNumber int64           `bun:"build_number"`
	Timestamp   int64           `bun:"timestamp"` // as its record has it; 0 when it has none
	RunExports  json.RawMessage `bun:"run_exports"`
	// Traits is a list of texts, unless the uploader said otherwise.
	Traits json.RawMessage `bun:"traits"`
}

// CondaPackages lists the lookup names of the packages that have conda files in a
// view, sorted.
func (s *Store) CondaPackages(ctx context.Context, v ChannelView) ([]string, error) {
	var names []string
	files := condaFilesOf(s.read.NewSelect().ColumnExpr("1").TableExpr("files AS file").Where("file.package_id = package.id"), v)
	err := s.read.NewSelect().TableExpr("packages AS package").ColumnExpr("package.lookup_name").
		Where("package.account_id = ? AND EXISTS (?)", v.AccountID, files).
		OrderExpr("package.lookup_name").Scan(ctx, &names)
	return names, classify(err, "list packages of the channel")
}

// PackageRecords lists those of packages, by lookup name, that have conda files in
// a view, sorted, and those files by the package's id.
func (s *Store) PackageRecords(ctx context.Context, v ChannelView, names []string) ([]model.Package, map[int64][]PackageFileRecord, error) {
	if len(names) == 0 {
		return nil, nil, nil
	}
	var rows []PackageFileRecord
	// A cross join has SQLite read the few packages first.
	err := condaFilesOf(s.read.NewSelect(), v).TableExpr("packages AS package CROSS JOIN files AS file").
		Where("file.package_id = package.id AND package.account_id = ? AND package.lookup_name IN (?)", v.AccountID, bun.List(names)).
		ColumnExpr("file.package_id, file.subdir, substr(file.basename, length(file.subdir) + 2) AS file_name").
		ColumnExpr("release.version, file.build_number, file.run_exports").
		ColumnExpr("CAST(coalesce(json_extract(file.record, '$.timestamp'), 0) AS INTEGER) AS timestamp").
		ColumnExpr("json_extract(file.attrs, '$.traits') AS traits").
		Join("JOIN releases AS release ON release.id = file.release_id").Scan(ctx, &rows)
	if err != nil {
		return nil, nil, classify(err, "list files of the channel")
	}
	files := map[int64][]PackageFileRecord{}
	for _, row := range rows {
		files[row.PackageID] = append(files[row.PackageID], row)
	}
	if len(files) == 0 {
		return nil, nil, nil
	}
	ids := make([]int64, 0, len(files))
	for id := range files {
		ids = append(ids, id)
	}
	var packages []model.Package
	err = s.selectPackages(&packages).Where("package.id IN (?)", bun.List(ids)).OrderExpr("package.lookup_name").Scan(ctx)
	return packages, files, classify(err, "list packages of the channel")
}

// condaFilesOf chooses the conda files of a view that are not yanked.
func condaFilesOf(q *bun.SelectQuery, v ChannelView) *bun.SelectQuery {
	return q.Where("file.type = ? AND file.yanked_at IS NULL", model.Conda).
		Where("?", carries(v.AccountID, v.Label)).Where("?", v.Sight.condition())
}
