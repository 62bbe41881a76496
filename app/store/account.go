package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// Account returns the user or organization of a login in its folded form.
func (s *Store) Account(ctx context.Context, login string) (model.Account, error) {
	return remember(ctx, s, rowKey{noun: accountOfLogin, name: login}, func() (a model.Account, err error) {
		err = s.read.NewSelect().Model(&a).Where("login = ?", login).Scan(ctx)
		return a, classify(err, "account %q", login)
	})
}

// AccountByID returns the account with that id.
func (s *Store) AccountByID(ctx context.Context, id int64) (model.Account, error) {
	return remember(ctx, s, rowKey{noun: accountOfID, id: id}, func() (a model.Account, err error) {
		err = s.read.NewSelect().Model(&a).Where("id = ?", id).Scan(ctx)
		return a, classify(err, "account %d", id)
	})
}

// AccountsByEmail returns the accounts of an address, compared without regard to
// case, the oldest first. An empty address is nobody's.
func (s *Store) AccountsByEmail(ctx context.Context, email string) ([]model.Account, error) {
	if email == "" {
		return nil, nil
	}
	var list []model.Account
	err := s.read.NewSelect().Model(&list).Where("lower(email) = lower(?)", email).Order("id").Scan(ctx)
	return list, classify(err, "list accounts by email")
}

// Accounts lists the accounts of a kind, or of both when it is empty, by login.
func (s *Store) Accounts(ctx context.Context, kind model.AccountKind) ([]model.Account, error) {
	var list []model.Account
	q := s.read.NewSelect().Model(&list).Order("login")
	if kind != "" {
		q.Where("kind = ?", kind)
	}
	return list, classify(q.Scan(ctx), "list accounts")
}

// InsertAccount adds a and sets its ID. It fails with Conflict when the login is
// taken; whether it was retired is for the caller to ask.
func (s *Store) InsertAccount(ctx context.Context, a *model.Account) error {
	_, err := s.write.NewInsert().Model(a).Exec(ctx)
	return classify(err, "account %q", a.Login)
}

// UpdateAccount writes the named columns of a, or without names all but the
// state of the index, which AppendChanges keeps.
func (s *Store) UpdateAccount(ctx context.Context, a *model.Account, columns ...string) error {
	q := s.write.NewUpdate().Model(a).Column(columns...).WherePK()
	if len(columns) == 0 {
		q.ExcludeColumn("seq", "indexed_at", "public_at", "authenticated_at")
	}
	res, err := q.Exec(ctx)
	return changed(res, err, "account %q", a.Login)
}

// DeleteAccount removes an account with all that is its own; audit lines stay.
func (s *Store) DeleteAccount(ctx context.Context, id int64) error {
	res, err := s.write.NewDelete().Model((*model.Account)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, "account %d", id)
}

// retiredLogin is a login that was somebody's and is not given out again.
type retiredLogin struct {
	bun.BaseModel `bun:"table:retired_logins"`

	Login     string    `bun:"login,pk"`
	Reason    string    `bun:"reason"`
	RetiredAt time.Time `bun:"retired_at"`
}

// RetireLogin keeps a login from being given out again. Retiring it once more
// renews the reason.
func (s *Store) RetireLogin(ctx context.Context, login, reason string, at time.Time) error {
	row := &retiredLogin{Login: login, Reason: reason, RetiredAt: at}
	_, err := s.write.NewInsert().Model(row).
		On("CONFLICT (login) DO UPDATE").Set("reason = excluded.reason, retired_at = excluded.retired_at").
		Exec(ctx)
	return classify(err, "retire login %q", login)
}

// FreeLogin takes RetireLogin back; a login that is free stays so.
func (s *Store) FreeLogin(ctx context.Context, login string) error {
	_, err := s.write.NewDelete().Model((*retiredLogin)(nil)).Where("login = ?", login).Exec(ctx)
	return classify(err, "free login %q", login)
}

// LoginRetired reports whether RetireLogin was called for login.
func (s *Store) LoginRetired(ctx context.Context, login string) (bool, error) {
	retired, err := s.read.NewSelect().Model((*retiredLogin)(nil)).Where("login = ?", login).Exists(ctx)
	return retired, classify(err, "look for retired login %q", login)
}

// HasAdministrator reports whether an enabled user is a site administrator.
func (s *Store) HasAdministrator(ctx context.Context) (bool, error) {
	has, err := s.read.NewSelect().Model((*model.Account)(nil)).
		Where("kind = ? AND is_admin AND NOT disabled", model.User).Exists(ctx)
	return has, classify(err, "look for an administrator")
}
