package store

import (
	"context"

	"vivarium/app/model"
)

// Photo returns the picture of an account, or NotFound.
func (s *Store) Photo(ctx context.Context, accountID int64) (p model.Photo, err error) {
	err = s.read.NewSelect().Model(&p).Where("account_id = ?", accountID).Scan(ctx)
	return p, classify(err, "photo of account %d", accountID)
}

// SetPhoto gives an account a picture in place of any other.
func (s *Store) SetPhoto(ctx context.Context, p *model.Photo) error {
	_, err := s.write.NewInsert().Model(p).On("CONFLICT (account_id) DO UPDATE").
		Set("sha256 = excluded.sha256, image = excluded.image, fetched_for = excluded.fetched_for, fetched_at = excluded.fetched_at").Exec(ctx)
	return classify(err, "photo of account %d", p.AccountID)
}

// DeletePhoto takes the picture of an account away, if it has one.
func (s *Store) DeletePhoto(ctx context.Context, accountID int64) error {
	_, err := s.write.NewDelete().Model((*model.Photo)(nil)).Where("account_id = ?", accountID).Exec(ctx)
	return classify(err, "photo of account %d", accountID)
}
