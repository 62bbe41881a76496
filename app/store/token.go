package store

import (
	"context"
	"time"

	"vivarium/app/model"
)

// InsertToken adds t and sets its ID. It fails with Conflict when the account
// has a token of that name.
func (s *Store) InsertToken(ctx context.Context, t *model.Token) error {
	_, err := s.write.NewInsert().Model(t).Exec(ctx)
	return classify(err, "token %q", t.Name)
}

// TokenByHash returns the token whose secret has that hash, expired or not.
func (s *Store) TokenByHash(ctx context.Context, hash []byte) (model.Token, error) {
	return remember(ctx, s, rowKey{noun: tokenOfHash, name: string(hash)}, func() (t model.Token, err error) {
		err = s.read.NewSelect().Model(&t).Where("hash = ?", hash).Scan(ctx)
		return t, classify(err, "this token")
	})
}

// Token returns the account's token of that name.
func (s *Store) Token(ctx context.Context, accountID int64, name string) (model.Token, error) {
	var t model.Token
	err := s.read.NewSelect().Model(&t).Where("account_id = ? AND name = ?", accountID, name).Scan(ctx)
	return t, classify(err, "token %q", name)
}

// TokenByID returns the token with that id if it is the account's.
func (s *Store) TokenByID(ctx context.Context, accountID, id int64) (model.Token, error) {
	var t model.Token
	err := s.read.NewSelect().Model(&t).Where("account_id = ? AND id = ?", accountID, id).Scan(ctx)
	return t, classify(err, "token %d", id)
}

// Tokens lists the account's tokens, newest first.
func (s *Store) Tokens(ctx context.Context, accountID int64) ([]model.Token, error) {
	var list []model.Token
	err := s.read.NewSelect().Model(&list).Where("account_id = ?", accountID).Order("created_at DESC", "id DESC").Scan(ctx)
	return list, classify(err, "list tokens")
}

// DeleteToken ends a token.
func (s *Store) DeleteToken(ctx context.Context, id int64) error {
	res, err := s.write.NewDelete().Model((*model.Token)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, "token %d", id)
}

// TouchToken notes when and from where a token was last used. One that has ended
// meanwhile is not missed.
func (s *Store) TouchToken(ctx context.Context, id int64, at time.Time, from string) error {
	_, err := s.write.NewUpdate().Model((*model.Token)(nil)).
		Set("last_used_at = ?", at).Set("last_used_by = ?", from).
		Where("id = ?", id).Exec(ctx)
	return classify(err, "touch token %d", id)
}
