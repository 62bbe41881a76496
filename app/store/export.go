package store

import (
	"context"

	"vivarium/app/model"
)

// ExportFiles lists at most limit of the view's conda and Python files in the order
// of their IDs, beginning after one, yanked ones among them: they stay for who names
// them. Of a row comes what is needed to lay the file out.
func (s *Store) ExportFiles(ctx context.Context, v ChannelView, after int64, limit int) ([]model.File, error) {
	var list []model.File
	err := s.read.NewSelect().Model(&list).
		Column("file.id", "file.type", "file.basename", "file.subdir", "file.size", "file.sha256", "file.metadata_sha256", "file.uploaded_at").
		ColumnExpr("package.normalized_name AS package_name").
		Join("JOIN packages AS package ON package.id = file.package_id").
		Where("file.account_id = ? AND file.type IN (?, ?) AND file.id > ?", v.AccountID, model.Conda, model.PyPI, after).
		Where("?", carries(v.AccountID, v.Label)).Where("?", v.Sight.condition()).
		OrderExpr("file.id").Limit(int64(limit)).Scan(ctx)
	return list, classify(err, "list files to export")
}
