package store

import (
	"context"

	"vivarium/app/model"
)

// CountAllFiles returns how many files there are, of one account or of all (0).
func (s *Store) CountAllFiles(ctx context.Context, accountID int64) (int, error) {
	n, err := s.read.NewSelect().Model((*model.File)(nil)).Where("? = 0 OR account_id = ?", accountID, accountID).Count(ctx)
	return int(n), classify(err, "count files")
}

// FilesAfter lists at most limit files, of one account or of all (0), in the order
// of their IDs, beginning after one. Labels are left out.
func (s *Store) FilesAfter(ctx context.Context, accountID, after int64, limit int) ([]model.File, error) {
	var list []model.File
	err := s.read.NewSelect().Model(&list).ColumnExpr("?TableColumns").
		ColumnExpr("account.login AS owner, package.name AS package_name, release.version AS version").
		Join("JOIN accounts AS account ON account.id = file.account_id").
		Join("JOIN packages AS package ON package.id = file.package_id").
		Join("JOIN releases AS release ON release.id = file.release_id").
		Where("file.id > ?", after).Where("? = 0 OR file.account_id = ?", accountID, accountID).
		OrderExpr("file.id").Limit(int64(limit)).Scan(ctx)
	return list, classify(err, "list files")
}

// Channels lists the accounts that have files, by login.
func (s *Store) Channels(ctx context.Context) ([]model.Account, error) {
	var list []model.Account
	err := s.read.NewSelect().Model(&list).
		Where("EXISTS (SELECT 1 FROM files AS f WHERE f.account_id = account.id)").Order("login").Scan(ctx)
	return list, classify(err, "list channels")
}

// LabelNames lists the names of the account's labels, sorted.
func (s *Store) LabelNames(ctx context.Context, accountID int64) ([]string, error) {
	var list []string
	err := s.read.NewSelect().Model((*model.Label)(nil)).Column("name").Where("account_id = ?", accountID).Order("name").Scan(ctx, &list)
	return list, classify(err, "list labels")
}
