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

// PackageRecords lists the packages that have conda files in a view, by lookup
// name, and those files by the package's id. A name chooses one package; empty
// means all.
func (s *Store) PackageRecords(ctx context.Context, v ChannelView, name string) ([]model.Package, map[int64][]PackageFileRecord, error) {
	var rows []PackageFileRecord
	err := condaFilesOf(s.read.NewSelect(), v, name).
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
	var packages []model.Package
	with := condaFilesOf(s.read.NewSelect(), v, name).ColumnExpr("file.package_id")
	err = s.selectPackages(&packages).Where("package.id IN (?)", with).OrderExpr("package.lookup_name").Scan(ctx)
	return packages, files, classify(err, "list packages of the channel")
}

// condaFilesOf chooses the conda files of a channel, or of one package of it.
func condaFilesOf(q *bun.SelectQuery, v ChannelView, name string) *bun.SelectQuery {
	q.TableExpr("files AS file").Join("JOIN packages AS package ON package.id = file.package_id").
		Where("file.account_id = ? AND file.type = ? AND file.yanked_at IS NULL", v.AccountID, model.Conda).
		Where("?", carries(v.AccountID, v.Label)).Where("?", v.Sight.condition())
	if name != "" {
		q.Where("package.account_id = ? AND package.lookup_name = ?", v.AccountID, name)
	}
	return q
}
