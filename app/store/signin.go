package store

import (
	"context"
	"time"

	"vivarium/app/model"
)

// InsertSignIn keeps a browser that signed in and sets its ID.
func (s *Store) InsertSignIn(ctx context.Context, in *model.SignIn) error {
	_, err := s.write.NewInsert().Model(in).Exec(ctx)
	return classify(err, "keep a sign-in")
}

// SignIn returns the browser with that id if it is signed in as the user.
func (s *Store) SignIn(ctx context.Context, userID, id int64) (model.SignIn, error) {
	return remember(ctx, s, rowKey{noun: signInOfID, id: userID, of: id}, func() (in model.SignIn, err error) {
		err = s.read.NewSelect().Model(&in).Where("id = ? AND user_id = ?", id, userID).Scan(ctx)
		return in, classify(err, "this session")
	})
}

// SignIns lists the browsers signed in as a user that were seen after since, the
// last seen first.
func (s *Store) SignIns(ctx context.Context, userID int64, since time.Time) ([]model.SignIn, error) {
	var list []model.SignIn
	err := s.read.NewSelect().Model(&list).Where("user_id = ? AND seen_at > ?", userID, since).Order("seen_at DESC", "id DESC").Scan(ctx)
	return list, classify(err, "list sign-ins")
}

// SignedInFrom reports whether a browser at that address is signed in as one of
// the users that name, a login or an address, may mean.
func (s *Store) SignedInFrom(ctx context.Context, name, remoteAddr string) (bool, error) {
	found, err := s.read.NewSelect().Model((*model.SignIn)(nil)).
		Join("JOIN accounts AS account ON account.id = sign_in.user_id").
		Where("sign_in.remote_addr = ?", remoteAddr).
		Where("(account.login = ? OR lower(account.email) = ?)", name, name).Exists(ctx)
	return found, classify(err, "look for a sign-in")
}

// TouchSignIn notes that a browser was seen.
func (s *Store) TouchSignIn(ctx context.Context, id int64, at time.Time, remoteAddr string) error {
	_, err := s.write.NewUpdate().Model((*model.SignIn)(nil)).Set("seen_at = ?", at).Set("remote_addr = ?", remoteAddr).Where("id = ?", id).Exec(ctx)
	return classify(err, "touch a sign-in")
}

// DeleteSignIn ends a browser's session as the user; none is no error.
func (s *Store) DeleteSignIn(ctx context.Context, userID, id int64) error {
	_, err := s.write.NewDelete().Model((*model.SignIn)(nil)).Where("id = ? AND user_id = ?", id, userID).Exec(ctx)
	return classify(err, "end a session")
}

// DeleteOtherSignIns ends all sessions of a user but the one to keep, and returns
// how many there were.
func (s *Store) DeleteOtherSignIns(ctx context.Context, userID, keep int64) (int, error) {
	res, err := s.write.NewDelete().Model((*model.SignIn)(nil)).Where("user_id = ? AND id <> ?", userID, keep).Exec(ctx)
	if err != nil {
		return 0, classify(err, "end sessions")
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// DeleteOldSignIns forgets the browsers that were last seen before then.
func (s *Store) DeleteOldSignIns(ctx context.Context, before time.Time) error {
	_, err := s.write.NewDelete().Model((*model.SignIn)(nil)).Where("seen_at <= ?", before).Exec(ctx)
	return classify(err, "forget old sign-ins")
}
