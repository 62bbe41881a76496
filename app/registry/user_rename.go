package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// RenameUser gives a user another login. The old one is retired: nobody can take
// it over.
func (r *Registry) RenameUser(ctx context.Context, actor model.Actor, from, to string) error {
	login, err := model.ParseLogin(to)
	if err != nil {
		return err
	}
	return r.changeUser(ctx, actor, from, "user.rename", "to "+login, func(tx *store.Store, a *model.Account) error {
		return r.rename(ctx, tx, a, login, true)
	})
}

// RenameSelf gives actor's person another login, given the password. The old one
// is retired; only an administrator can give it out again.
func (r *Registry) RenameSelf(ctx context.Context, actor model.Actor, to, password string) error {
	login, err := r.CheckLogin(ctx, to)
	if err != nil {
		return err
	}
	if _, err := r.provePerson(ctx, actor, "password", password); err != nil {
		return err
	}
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := tx.AccountByID(ctx, actor.UserID)
		if err != nil {
			return err
		}
		old := a.Login
		if err := r.rename(ctx, tx, &a, login, false); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, login, "user.rename", old, "to "+login)
	})
	if err == nil {
		r.done(ctx, "user renamed", actor, "account", login)
	}
	return err
}

// CheckLogin returns a login in its folded form, or a field error when it is
// ill-formed, reserved, taken, or was taken once.
func (r *Registry) CheckLogin(ctx context.Context, name string) (string, error) {
	login, err := model.ParseLogin(name)
	if err != nil {
		return "", err
	}
	return login, r.loginFree(ctx, login)
}

// rename gives an account another login and retires the old one.
func (r *Registry) rename(ctx context.Context, tx *store.Store, a *model.Account, login string, mayRevive bool) error {
	if a.Login == login {
		return takenLogin(login)
	}
	if err := claimLogin(ctx, tx, login, mayRevive); err != nil {
		return err
	}
	if err := tx.RetireLogin(ctx, a.Login, "renamed", r.Clock.Now()); err != nil {
		return err
	}
	a.Login = login
	return existsAlready(tx.UpdateAccount(ctx, a, "login"), login)
}
