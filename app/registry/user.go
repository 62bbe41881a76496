package registry

import (
	"context"
	"errors"

	"vivarium/app/model"
	"vivarium/app/store"
)

// NewUser is what an administrator says of an account to be made.
type NewUser struct {
	Login, Email, Name, Password string
	Admin                        bool
	// ByMail sends the password to the user, who has to choose another one at the
	// first sign-in.
	ByMail bool
}

// CreateUser makes a user. It is Conflict when an account of that login exists, or
// when there is no mail to send it by. A retired login is free to an
// administrator.
func (r *Registry) CreateUser(ctx context.Context, actor model.Actor, in NewUser) (model.Account, error) {
	if err := requireOperator(actor); err != nil {
		return model.Account{}, err
	}
	if in.ByMail && !r.HasMail() {
		return model.Account{}, model.Errorf(model.Conflict, "This site sends no mail: mail.host is not set.")
	}
	a, err := r.newUser(in)
	if err != nil {
		return model.Account{}, err
	}
	a.IsAdmin, a.PasswordGiven = in.Admin, in.ByMail
	err = r.insertUser(ctx, actor, &a, in.Password, true, func(tx *store.Store) error {
		if !in.ByMail {
			return nil
		}
		return r.queue(ctx, tx, actor, model.Mail{Kind: model.GivenMail, AccountID: a.ID, Detail: in.Password})
	})
	if err != nil {
		return model.Account{}, err
	}
	r.done(ctx, "user created", actor, "account", a.Login)
	return a, nil
}

// newUser validates in and returns the row to insert, without a password hash.
func (r *Registry) newUser(in NewUser) (model.Account, error) {
	login, badLogin := model.ParseLogin(in.Login)
	email, badEmail := model.ParseEmail(in.Email)
	badPassword := r.checkPassword(in.Password, login)
	about := Profile{Name: in.Name}
	badProfile := about.check()
	a := model.Account{
		Login: login, Kind: model.User, Email: email, Name: about.Name, CreatedAt: r.Clock.Now(), AuthVersion: 1,
	}
	return a, errors.Join(badLogin, badEmail, badPassword, badProfile)
}

// loginFree fails with a field error when login is taken or was once.
func (r *Registry) loginFree(ctx context.Context, login string) error {
	if login == "" {
		return nil
	}
	_, err := r.Store.Account(ctx, login)
	if err == nil {
		return takenLogin(login)
	}
	if model.CodeOf(err) != model.NotFound {
		return err
	}
	retired, err := r.Store.LoginRetired(ctx, login)
	if err == nil && retired {
		return takenLogin(login)
	}
	return err
}

func takenLogin(login string) error {
	return model.FieldErrorf("username", "%s is taken. Choose another name.", login)
}

// insertUser keeps a new user and runs also in the same transaction.
func (r *Registry) insertUser(ctx context.Context, actor model.Actor, a *model.Account, password string, mayRevive bool, also func(tx *store.Store) error) error {
	hash, err := hashPassword(password)
	if err != nil {
		return err
	}
	a.PasswordHash = hash
	return r.Store.InTx(ctx, func(tx *store.Store) error {
		if err := claimLogin(ctx, tx, a.Login, mayRevive); err != nil {
			return err
		}
		if err := tx.InsertAccount(ctx, a); err != nil {
			return existsAlready(err, a.Login)
		}
		if err := r.audit(ctx, tx, actor, a.Login, "user.create", a.Login, ""); err != nil {
			return err
		}
		return also(tx)
	})
}

// claimLogin fails on a login that was retired, or frees it for who may.
func claimLogin(ctx context.Context, tx *store.Store, login string, mayRevive bool) error {
	retired, err := tx.LoginRetired(ctx, login)
	if err != nil || !retired {
		return err
	}
	if !mayRevive {
		return takenLogin(login)
	}
	return tx.FreeLogin(ctx, login)
}

func existsAlready(err error, login string) error {
	if model.CodeOf(err) == model.Conflict {
		return &model.Error{Code: model.Conflict, Field: "username", Message: "account \"" + login + "\" already exists", Err: err}
	}
	return err
}

// Users lists all users, by login.
func (r *Registry) Users(ctx context.Context, actor model.Actor) ([]model.Account, error) {
	if err := requireOperator(actor); err != nil {
		return nil, err
	}
	return r.Store.Accounts(ctx, model.User)
}

// HasAdministrator reports whether an enabled user administers the site.
func (r *Registry) HasAdministrator(ctx context.Context) (bool, error) {
	return r.Store.HasAdministrator(ctx)
}

// changeUser runs change on the user login in one transaction and audits it.
func (r *Registry) changeUser(ctx context.Context, actor model.Actor, login, action, detail string, change func(tx *store.Store, a *model.Account) error) error {
	if err := requireOperator(actor); err != nil {
		return err
	}
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := tx.Account(ctx, model.FoldLogin(login))
		if err != nil {
			return err
		}
		if a.IsOrganization() {
			return model.Errorf(model.Invalid, "%s is an organization, not a user.", a.Login)
		}
		if err := change(tx, &a); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, action, a.Login, detail)
	})
	if err != nil {
		return err
	}
	r.done(ctx, action, actor, "account", login)
	return nil
}

// SetDisabled disables a user, which ends its sessions and refuses its
// credentials at once, or enables it again.
func (r *Registry) SetDisabled(ctx context.Context, actor model.Actor, login string, disabled bool) error {
	action := "user.enable"
	if disabled {
		action = "user.disable"
	}
	return r.changeUser(ctx, actor, login, action, "", func(tx *store.Store, a *model.Account) error {
		a.Disabled = disabled
		a.AuthVersion++
		return tx.UpdateAccount(ctx, a, "disabled", "auth_version")
	})
}

// SetAdmin makes a user an administrator of the site, or takes that back.
func (r *Registry) SetAdmin(ctx context.Context, actor model.Actor, login string, admin bool) error {
	action := "user.revoke-admin"
	if admin {
		action = "user.grant-admin"
	}
	return r.changeUser(ctx, actor, login, action, "", func(tx *store.Store, a *model.Account) error {
		a.IsAdmin = admin
		return tx.UpdateAccount(ctx, a, "is_admin")
	})
}

// SetPassword gives a user a new password and ends all its sessions.
func (r *Registry) SetPassword(ctx context.Context, actor model.Actor, login, password string) error {
	if err := r.checkPassword(password, model.FoldLogin(login)); err != nil {
		return err
	}
	hash, err := hashPassword(password)
	if err != nil {
		return err
	}
	return r.changeUser(ctx, actor, login, "user.set-password", "", func(tx *store.Store, a *model.Account) error {
		return r.setPassword(ctx, tx, actor, a, hash)
	})
}
