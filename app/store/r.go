package store

import (
	"context"

	"vivarium/app/model"
)

// RFiles lists the channel's R packages in sight that carry the label, by basename.
func (s *Store) RFiles(ctx context.Context, accountID int64, label string, sight Sight) ([]model.File, error) {
	var list []model.File
	err := s.selectFiles(&list).Where("file.account_id = ? AND file.subdir = '' AND file.type = ?", accountID, model.RPackage).
		Where("?", carries(accountID, label)).Where("?", sight.condition()).
		OrderExpr("file.basename").Scan(ctx)
	return list, classify(err, "list R packages")
}

// RFile returns the channel's R package of that basename.
func (s *Store) RFile(ctx context.Context, accountID int64, basename string) (model.File, error) {
	var f model.File
	err := s.selectFiles(&f).
		Where("file.account_id = ? AND file.subdir = '' AND file.type = ? AND file.basename = ?", accountID, model.RPackage, basename).Scan(ctx)
	return f, classify(err, "file %q", basename)
}
