package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// PythonProject returns the account's package that holds, or is meant for,
// Python files under that PEP 503 name: one that is of type pypi already, else
// the oldest of that normalized name.
func (s *Store) PythonProject(ctx context.Context, accountID int64, normalized string) (model.Package, error) {
	key := rowKey{noun: pythonProject, of: accountID, name: normalized}
	return remember(ctx, s, key, func() (p model.Package, err error) {
		err = s.selectPackages(&p).
			Where("package.account_id = ? AND package.normalized_name = ?", accountID, normalized).
			OrderExpr("instr(package.types, ?) = 0, package.id", `"pypi"`).Limit(1).Scan(ctx)
		return p, classify(err, "project %q", normalized)
	})
}

// PythonProjects lists the normalized names of the channel's packages that have
// Python files in sight that carry the label, sorted.
func (s *Store) PythonProjects(ctx context.Context, accountID int64, label string, sight Sight) ([]string, error) {
	var list []string
	err := s.read.NewSelect().TableExpr("packages AS package").ColumnExpr("DISTINCT package.normalized_name").
		Join("JOIN files AS file ON file.package_id = package.id").
		Where("package.account_id = ? AND file.type = ?", accountID, model.PyPI).
		Where("?", carries(accountID, label)).Where("?", sight.condition()).
		OrderExpr("package.normalized_name").Scan(ctx, &list)
	return list, classify(err, "list projects")
}

// PythonFiles lists the Python files of a package that carry the label, oldest
// first.
func (s *Store) PythonFiles(ctx context.Context, p model.Package, label string) ([]model.File, error) {
	var list []model.File
	err := s.selectFiles(&list).Where("file.package_id = ? AND file.type = ?", p.ID, model.PyPI).
		Where("?", carries(p.AccountID, label)).OrderExpr("file.uploaded_at, file.id").Scan(ctx)
	return list, classify(err, "list files")
}

// PythonFile returns the channel's Python file of that name.
func (s *Store) PythonFile(ctx context.Context, accountID int64, basename string) (model.File, error) {
	key := rowKey{noun: pythonFile, of: accountID, name: basename}
	return remember(ctx, s, key, func() (model.File, error) { return s.fileOfAccount(ctx, accountID, basename, model.PyPI) })
}

// carries is true of a row named file that carries the account's label.
func carries(accountID int64, label string) any {
	return bun.SafeQuery(`EXISTS (SELECT 1 FROM file_labels AS fl WHERE fl.file_id = file.id
		AND fl.label_id = (SELECT id FROM labels WHERE account_id = ? AND name = ?))`, accountID, label)
}

// retiredFile is the name of a Python file that was deleted.
type retiredFile struct {
	bun.BaseModel `bun:"table:retired_files"`

	AccountID int64     `bun:"account_id,pk"`
	Basename  string    `bun:"basename,pk"`
	SHA256    string    `bun:"sha256"`
	RetiredAt time.Time `bun:"retired_at"`
}

// RetireFiles keeps the names of Python files that leave their channel from other
// bytes.
func (s *Store) RetireFiles(ctx context.Context, files []model.File, at time.Time) error {
	return s.InTx(ctx, func(tx *Store) error {
		for some := range slices.Chunk(files, rowsAtOnce) {
			rows := make([]retiredFile, len(some))
			for i, f := range some {
				rows[i] = retiredFile{AccountID: f.AccountID, Basename: f.Basename, SHA256: f.SHA256, RetiredAt: at}
			}
			_, err := tx.write.NewInsert().Model(&rows).
				On("CONFLICT (account_id, basename) DO UPDATE").Set("sha256 = excluded.sha256, retired_at = excluded.retired_at").Exec(ctx)
			if err != nil {
				return classify(err, "retire %d files", len(files))
			}
		}
		return nil
	})
}

// FileRetired reports whether RetireFiles was called for a file of that name.
func (s *Store) FileRetired(ctx context.Context, accountID int64, basename string) (bool, error) {
	retired, err := s.read.NewSelect().Model((*retiredFile)(nil)).
		Where("account_id = ? AND basename = ?", accountID, basename).Exists(ctx)
	return retired, classify(err, "look for retired file %q", basename)
}

// RetiredOtherwise lists those of the files' names that RetireFiles was called for
// in an account with other bytes.
func (s *Store) RetiredOtherwise(ctx context.Context, accountID int64, files []model.File) ([]string, error) {
	var names []string
	for some := range slices.Chunk(files, rowsAtOnce) {
		digests := map[string]string{}
		for _, f := range some {
			digests[f.Basename] = f.SHA256
		}
		var rows []retiredFile
		err := s.read.NewSelect().Model(&rows).Where("account_id = ? AND basename IN (?)", accountID, bun.List(slices.Sorted(maps.Keys(digests)))).
			Order("basename").Scan(ctx)
		if err != nil {
			return nil, classify(err, "look for retired files")
		}
		for _, row := range rows {
			if row.SHA256 != digests[row.Basename] {
				names = append(names, row.Basename)
			}
		}
	}
	return names, nil
}
