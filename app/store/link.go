package store

import (
	"context"
	"time"

	"vivarium/app/model"
)

// InsertLink keeps a link.
func (s *Store) InsertLink(ctx context.Context, l *model.Link) error {
	_, err := s.write.NewInsert().Model(l).Exec(ctx)
	return classify(err, "keep a link")
}

// Link returns the link of a kind with that hash, expired or not.
func (s *Store) Link(ctx context.Context, kind model.LinkKind, hash []byte) (model.Link, error) {
	var l model.Link
	err := s.read.NewSelect().Model(&l).Where("hash = ? AND kind = ?", hash, kind).Scan(ctx)
	return l, classify(err, "this link")
}

// DeleteLinks ends the links of a kind of an account; none is no error.
func (s *Store) DeleteLinks(ctx context.Context, kind model.LinkKind, accountID int64) error {
	_, err := s.write.NewDelete().Model((*model.Link)(nil)).Where("account_id = ? AND kind = ?", accountID, kind).Exec(ctx)
	return classify(err, "end links")
}

// DeleteExpiredLinks forgets the links and invitations that are dead at now.
func (s *Store) DeleteExpiredLinks(ctx context.Context, now time.Time) error {
	if _, err := s.write.NewDelete().Model((*model.Link)(nil)).Where("expires_at <= ?", now).Exec(ctx); err != nil {
		return classify(err, "forget expired links")
	}
	_, err := s.write.NewDelete().Model((*model.Invitation)(nil)).Where("expires_at <= ?", now).Exec(ctx)
	return classify(err, "forget expired invitations")
}
