package registry

import (
	"context"
	"errors"

	"vivarium/app/model"
	"vivarium/app/store"
)

// ChangePassword sets the person's own password, given the current one, and ends
// the person's other sessions. It returns the account with its new AuthVersion,
// by which the calling session goes on.
func (r *Registry) ChangePassword(ctx context.Context, actor model.Actor, current string, in NewPassword) (model.Account, error) {
	a, err := r.provePerson(ctx, actor, "current", current)
	if err != nil {
		return a, err
	}
	if err := in.check(r, a.Login); err != nil {
		return a, err
	}
	return r.changePassword(ctx, actor, in.Password, nil)
}

// ChooseOwnPassword replaces the password that somebody else chose for the person,
// who has just signed in with it. It is Forbidden for anybody else: they have to
// prove themselves with ChangePassword.
func (r *Registry) ChooseOwnPassword(ctx context.Context, actor model.Actor, in NewPassword, acceptTerms bool) (model.Account, error) {
	if !actor.MustChoosePassword {
		return model.Account{}, model.Errorf(model.Forbidden, "You have chosen your password already. Change it under Security.")
	}
	a, err := r.Store.AccountByID(ctx, actor.UserID)
	if err != nil {
		return a, err
	}
	same, err := r.passwords.matches(a, in.Password)
	if err != nil {
		return a, err
	}
	var old, terms error
	if same {
		old = model.FieldErrorf("password", "That is the password that was mailed to you. Choose another one.")
	}
	if !acceptTerms {
		terms = model.FieldErrorf("terms", "Accept the Terms and Conditions to go on.")
	}
	if err := errors.Join(in.check(r, a.Login), old, terms); err != nil {
		return a, err
	}
	return r.changePassword(ctx, actor, in.Password, func(tx *store.Store, a *model.Account) error {
		a.TermsVersion, a.TermsAcceptedAt = r.TermsVersion, r.Clock.Now()
		return tx.UpdateAccount(ctx, a, "terms_version", "terms_accepted_at")
	})
}

func (r *Registry) changePassword(ctx context.Context, actor model.Actor, password string, also func(*store.Store, *model.Account) error) (model.Account, error) {
	var a model.Account
	hash, err := hashPassword(password)
	if err != nil {
		return a, err
	}
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		if a, err = tx.AccountByID(ctx, actor.UserID); err != nil {
			return err
		}
		if also != nil {
			if err := also(tx, &a); err != nil {
				return err
			}
		}
		if err := r.setPassword(ctx, tx, actor, &a, hash); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "user.change-password", a.Login, "")
	})
	if err == nil {
		r.done(ctx, "password changed", actor)
	}
	return a, err
}

// provePerson returns the account of actor's person, who must know its password.
// A wrong one is a field error, and counts as a try to sign in.
func (r *Registry) provePerson(ctx context.Context, actor model.Actor, field, password string) (model.Account, error) {
	if err := requirePerson(actor); err != nil {
		return model.Account{}, err
	}
	a, err := r.Store.AccountByID(ctx, actor.UserID)
	if err != nil {
		return a, err
	}
	if err := r.checkAttempts(ctx, a.Login, actor.RemoteAddr); err != nil {
		return a, err
	}
	same, err := r.passwords.matches(a, password)
	if err == nil && !same {
		r.attempts.failed(a.Login, actor.RemoteAddr)
		err = model.FieldErrorf(field, "That is not your current password.")
	}
	return a, err
}
