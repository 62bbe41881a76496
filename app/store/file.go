package store

import (
	"context"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// selectFiles selects files with Owner, Package, Version and Labels, their
// package joined under the name package.
func (s *Store) selectFiles(into any) *bun.SelectQuery {
	return selectNames(s.read.NewSelect().Model(into).ColumnExpr("?TableColumns"))
}

// selectNames adds Owner, Package, Version and Labels to a query of files.
func selectNames(q *bun.SelectQuery) *bun.SelectQuery {
	return q.
		ColumnExpr("account.login AS owner, package.name AS package_name, release.version AS version").
		ColumnExpr(`(SELECT json_group_array(l.name ORDER BY l.name) FROM file_labels AS fl
			JOIN labels AS l ON l.id = fl.label_id WHERE fl.file_id = file.id) AS labels`).
		Join("JOIN accounts AS account ON account.id = file.account_id").
		Join("JOIN packages AS package ON package.id = file.package_id").
		Join("JOIN releases AS release ON release.id = file.release_id")
}

// InsertFile adds f and sets its ID. It fails with Conflict when the release has
// a file of that basename, or for a conda file when the channel has one.
func (s *Store) InsertFile(ctx context.Context, f *model.File) error {
	_, err := s.write.NewInsert().Model(f).Exec(ctx)
	return classify(err, "file %q", f.Basename)
}

// File returns the release's file of that basename.
func (s *Store) File(ctx context.Context, releaseID int64, basename string) (model.File, error) {
	var f model.File
	err := s.selectFiles(&f).Where("file.release_id = ? AND file.basename = ?", releaseID, basename).Scan(ctx)
	return f, classify(err, "file %q", basename)
}

// CondaFile returns the channel's conda file of that basename, subdir/name.
func (s *Store) CondaFile(ctx context.Context, accountID int64, basename string) (model.File, error) {
	key := rowKey{noun: condaFile, of: accountID, name: basename}
	return remember(ctx, s, key, func() (model.File, error) { return s.fileOfAccount(ctx, accountID, basename, model.Conda) })
}

func (s *Store) fileOfAccount(ctx context.Context, accountID int64, basename string, t model.PackageType) (f model.File, err error) {
	err = s.selectFiles(&f).
		Where("file.account_id = ? AND file.basename = ? AND file.type = ?", accountID, basename, t).Scan(ctx)
	return f, classify(err, "file %q", basename)
}

// Files lists the package's files, oldest first.
func (s *Store) Files(ctx context.Context, packageID int64) ([]model.File, error) {
	var list []model.File
	err := s.selectFiles(&list).Where("file.package_id = ?", packageID).OrderExpr("file.uploaded_at, file.id").Scan(ctx)
	return list, classify(err, "list files")
}

// AccountFiles lists all files of an account, oldest first.
func (s *Store) AccountFiles(ctx context.Context, accountID int64) ([]model.File, error) {
	var list []model.File
	err := s.selectFiles(&list).Where("file.account_id = ?", accountID).OrderExpr("file.uploaded_at, file.id").Scan(ctx)
	return list, classify(err, "list files of an account")
}

// CountFiles returns how many files a package has.
func (s *Store) CountFiles(ctx context.Context, packageID int64) (int, error) {
	n, err := s.read.NewSelect().Model((*model.File)(nil)).Where("package_id = ?", packageID).Count(ctx)
	return int(n), classify(err, "count files")
}

// CountReleaseFiles returns how many files a release has.
func (s *Store) CountReleaseFiles(ctx context.Context, releaseID int64) (int, error) {
	n, err := s.read.NewSelect().Model((*model.File)(nil)).Where("release_id = ?", releaseID).Count(ctx)
	return int(n), classify(err, "count files")
}

// DeleteFile removes a file's row; its bytes are for gc.
func (s *Store) DeleteFile(ctx context.Context, id int64) error {
	res, err := s.write.NewDelete().Model((*model.File)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, "file %d", id)
}

// BlobInUse reports whether a file or an upload under way refers to the bytes.
func (s *Store) BlobInUse(ctx context.Context, sha256 string) (used bool, err error) {
	err = s.read.NewRaw(`SELECT EXISTS (SELECT 1 FROM files WHERE sha256 = ?)
		OR EXISTS (SELECT 1 FROM files WHERE metadata_sha256 = ? AND metadata_sha256 <> '')
		OR EXISTS (SELECT 1 FROM stages WHERE stored_sha256 = ?)`, sha256, sha256, sha256).Scan(ctx, &used)
	return used, classify(err, "look for uses of %s", sha256)
}
