package store

import (
	"context"

	"vivarium/app/model"
)

// followed are the packages that a user starred, owns, or has in an organization
// that they are in.
const followed = `package.id IN (SELECT s.package_id FROM stars AS s WHERE s.user_id = ?)
	OR package.account_id = ?
	OR package.account_id IN (SELECT grp.organization_id FROM group_members AS m JOIN groups AS grp ON grp.id = m.group_id WHERE m.user_id = ?)`

// NewestFollowed lists the newest file of each of at most limit packages that a
// user follows and has in sight: those that changed last, the newest file first.
func (s *Store) NewestFollowed(ctx context.Context, userID int64, sight Sight, limit int) ([]model.File, error) {
	changed := s.read.NewSelect().TableExpr("packages AS package").
		ColumnExpr("(SELECT f.id FROM files AS f WHERE f.package_id = package.id ORDER BY f.uploaded_at DESC, f.id DESC LIMIT 1)").
		Where(followed, userID, userID, userID).Where("?", sight.condition()).
		Where("EXISTS (SELECT 1 FROM files AS f WHERE f.package_id = package.id)").
		OrderExpr("package.modified_at DESC, package.id DESC").Limit(int64(limit))
	var list []model.File
	err := s.selectFiles(&list).Where("file.id IN (?)", changed).OrderExpr("file.uploaded_at DESC, file.id DESC").Scan(ctx)
	return list, classify(err, "list what a user follows")
}
