package store

import (
	"context"

	"vivarium/app/model"
)

// InsertNotice adds n and sets its ID.
func (s *Store) InsertNotice(ctx context.Context, n *model.Notice) error {
	_, err := s.write.NewInsert().Model(n).Exec(ctx)
	return classify(err, "notice %q", n.UID)
}

// Notices lists the account's notices, newest first.
func (s *Store) Notices(ctx context.Context, accountID int64) ([]model.Notice, error) {
	return remember(ctx, s, rowKey{noun: notices, of: accountID}, func() (list []model.Notice, err error) {
		err = s.read.NewSelect().Model(&list).Where("account_id = ?", accountID).Order("created_at DESC", "id DESC").Scan(ctx)
		return list, classify(err, "list notices")
	})
}

// Notice returns the account's notice with that UUID.
func (s *Store) Notice(ctx context.Context, accountID int64, uid string) (model.Notice, error) {
	var n model.Notice
	err := s.read.NewSelect().Model(&n).Where("account_id = ? AND uid = ?", accountID, uid).Scan(ctx)
	return n, classify(err, "notice %q", uid)
}

// UpdateNotice writes the named columns of n.
func (s *Store) UpdateNotice(ctx context.Context, n *model.Notice, columns ...string) error {
	res, err := s.write.NewUpdate().Model(n).Column(columns...).WherePK().Exec(ctx)
	return changed(res, err, "notice %q", n.UID)
}

// DeleteNotice removes a notice.
func (s *Store) DeleteNotice(ctx context.Context, id int64) error {
	res, err := s.write.NewDelete().Model((*model.Notice)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, "notice %d", id)
}
