package store

import (
	"context"

	"vivarium/app/model"
)

// SetPhoto keeps an account's picture in the place of the one before.
func (s *Store) SetPhoto(ctx context.Context, p *model.Photo) error {
	_, err := s.write.NewInsert().Model(p).On("CONFLICT (account_id) DO UPDATE").
		Set("source = excluded.source, type = excluded.type, sha256 = excluded.sha256, data = excluded.data, fetched_at = excluded.fetched_at").
		Exec(ctx)
	return classify(err, "keep a photo")
}

// Photo returns the picture that is kept for an account.
func (s *Store) Photo(ctx context.Context, accountID int64) (model.Photo, error) {
	return remember(ctx, s, rowKey{noun: photoOfAccount, id: accountID}, func() (p model.Photo, err error) {
		err = s.read.NewSelect().Model(&p).Where("account_id = ?", accountID).Scan(ctx)
		return p, classify(err, "this photo")
	})
}

// DeletePhoto forgets an account's picture; none is no error.
func (s *Store) DeletePhoto(ctx context.Context, accountID int64) error {
	_, err := s.write.NewDelete().Model((*model.Photo)(nil)).Where("account_id = ?", accountID).Exec(ctx)
	return classify(err, "forget a photo")
}
