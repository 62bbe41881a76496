package store

import (
	"context"

	"vivarium/app/model"
)

// FileFilter selects files of an account. What is zero selects nothing away.
type FileFilter struct {
	PackageID int64
	Label     string // only files that carry it
}

// FileNames lists the account's files that f selects, by package, version and
// basename: their ids, names, type, digest, whether they are yanked, and their
// labels. All else of them stays empty, so that many are read quickly.
func (s *Store) FileNames(ctx context.Context, accountID int64, f FileFilter) ([]model.File, error) {
	var list []model.File
	q := selectNames(s.read.NewSelect().Model(&list)).
		ColumnExpr("file.id, file.account_id, file.package_id, file.release_id, file.type, file.basename, file.subdir, file.sha256").
		ColumnExpr("file.yanked_at, file.yank_reason").
		Where("file.account_id = ?", accountID)
	if f.PackageID != 0 {
		q.Where("file.package_id = ?", f.PackageID)
	}
	if f.Label != "" {
		// Of a label with few files in a large channel, those alone are read.
		q.Where(`file.id IN (SELECT fl.file_id FROM file_labels AS fl
			JOIN labels AS l ON l.id = fl.label_id WHERE l.account_id = ? AND l.name = ?)`, accountID, f.Label)
	}
	err := q.OrderExpr("package.lookup_name, release.id, file.basename, file.id").Scan(ctx)
	return list, classify(err, "list files")
}

// FileByID returns the file with that id.
func (s *Store) FileByID(ctx context.Context, id int64) (model.File, error) {
	var f model.File
	err := s.selectFiles(&f).Where("file.id = ?", id).Scan(ctx)
	return f, classify(err, "file %d", id)
}

// UpdateFile writes the named columns of f.
func (s *Store) UpdateFile(ctx context.Context, f *model.File, columns ...string) error {
	res, err := s.write.NewUpdate().Model(f).Column(columns...).WherePK().Exec(ctx)
	return changed(res, err, "file %q", f.Basename)
}
