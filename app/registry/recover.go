package registry

import (
	"context"
	"errors"
	"strings"

	"vivarium/app/model"
	"vivarium/app/store"
)

// maxTyped bounds what is kept of what somebody typed: as long as an address may
// be.
const maxTyped = 254

// ForgotPassword asks for links to choose a new password, for the accounts that a
// username or an address means. Whether there are any is found out later, so the
// answer tells nothing. It is Forbidden on a site without mail.
func (r *Registry) ForgotPassword(ctx context.Context, from model.Actor, who string) error {
	who = strings.ToLower(strings.TrimSpace(who))
	if who == "" || len(who) > maxTyped {
		return model.FieldErrorf("who", "Give your username or your email address.")
	}
	return r.forgot(ctx, from, model.Mail{Kind: model.ForgotPasswordMail, Recipient: who})
}

// ForgotUsername asks for a mail with the usernames of an address, on the same
// terms as ForgotPassword.
func (r *Registry) ForgotUsername(ctx context.Context, from model.Actor, email string) error {
	email, err := model.ParseEmail(email)
	if err != nil {
		return err
	}
	return r.forgot(ctx, from, model.Mail{Kind: model.ForgotUsernameMail, Recipient: email})
}

func (r *Registry) forgot(ctx context.Context, from model.Actor, m model.Mail) error {
	if !r.HasMail() {
		return model.Errorf(model.Forbidden, "This server sends no mail. Ask its administrator.")
	}
	if err := r.requests.check(from.RemoteAddr); err != nil {
		return err
	}
	r.requests.count(from.RemoteAddr)
	return r.queue(ctx, r.Store, from, m)
}

// NewResetLink makes a link for a user to choose a new password, to be handed
// over by an administrator. It ends the links made before.
func (r *Registry) NewResetLink(ctx context.Context, actor model.Actor, login string) (url string, err error) {
	l := &model.Link{Kind: model.ResetLink, ExpiresAt: r.Clock.Now().Add(r.ResetLifetime)}
	err = r.changeUser(ctx, actor, login, "user.reset-link", "", func(tx *store.Store, a *model.Account) error {
		l.AccountID = a.ID
		return tx.DeleteWaitingMails(ctx, model.ResetMail, a.ID)
	})
	if err != nil {
		return "", err
	}
	return r.hangOut(ctx, r.base(actor), l)
}

// Reset is what a reset link opens.
type Reset struct {
	Login  string
	Tokens []model.Token // that go on working unless they are revoked too
}

// OpenReset returns what the reset link with that secret opens, or Gone. It uses
// nothing up.
func (r *Registry) OpenReset(ctx context.Context, secret string) (Reset, error) {
	l, err := r.follow(ctx, r.Store, model.ResetLink, secret)
	if err != nil {
		return Reset{}, err
	}
	a, err := r.Store.AccountByID(ctx, l.AccountID)
	if err != nil {
		return Reset{}, err
	}
	tokens, err := r.Store.Tokens(ctx, a.ID)
	return Reset{Login: a.Login, Tokens: tokens}, err
}

// NewPassword is a password as it is chosen in a form.
type NewPassword struct{ Password, Confirm string }

// check fails with field errors on what the policy refuses.
func (p NewPassword) check(r *Registry, login string) error {
	bad := r.checkPassword(p.Password, login)
	if p.Password != p.Confirm {
		return errors.Join(bad, model.FieldErrorf("confirm", "The two passwords differ. Type the same one again."))
	}
	return bad
}

// ResetPassword uses a reset link up: it sets the password and ends every session,
// and every access token too when that is asked for. A link that does not work
// any more is Gone.
func (r *Registry) ResetPassword(ctx context.Context, from model.Actor, secret string, in NewPassword, revoke bool) error {
	opened, err := r.OpenReset(ctx, secret)
	if err != nil {
		return err
	}
	if err := in.check(r, opened.Login); err != nil {
		return err
	}
	hash, err := hashPassword(in.Password)
	if err != nil {
		return err
	}
	var a model.Account
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		l, err := r.follow(ctx, tx, model.ResetLink, secret) // somebody else may have been faster
		if err != nil {
			return err
		}
		if a, err = tx.AccountByID(ctx, l.AccountID); err != nil {
			return err
		}
		actor := userActor(from, a)
		if revoke {
			if err := r.dropTokens(ctx, tx, actor, a); err != nil {
				return err
			}
		}
		if err := r.setPassword(ctx, tx, actor, &a, hash); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "user.reset-password", a.Login, "")
	})
	if err == nil {
		r.done(ctx, "password reset", model.Actor{Login: a.Login}, "remote", from.RemoteAddr)
	}
	return err
}

func (r *Registry) dropTokens(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account) error {
	tokens, err := tx.Tokens(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, t := range tokens {
		if err := r.dropToken(ctx, tx, actor, a, t); err != nil {
			return err
		}
	}
	return nil
}

// setPassword gives a user a new password. Sessions and reset links end, and a
// change of address that waits is called off, because it may be why the password
// is changed.
func (r *Registry) setPassword(ctx context.Context, tx *store.Store, actor model.Actor, a *model.Account, hash string) error {
	a.PasswordHash, a.PasswordGiven, a.NewEmail = hash, false, ""
	a.AuthVersion++
	if err := tx.UpdateAccount(ctx, a, "password_hash", "password_given", "new_email", "auth_version"); err != nil {
		return err
	}
	if err := endResets(ctx, tx, a.ID); err != nil {
		return err
	}
	if _, err := tx.DeleteOtherSignIns(ctx, a.ID, actor.SignInID); err != nil {
		return err
	}
	return r.queue(ctx, tx, actor, model.Mail{Kind: model.PasswordChangedMail, AccountID: a.ID})
}

// endResets ends the reset links of a user, those still to be mailed included.
func endResets(ctx context.Context, tx *store.Store, userID int64) error {
	if err := tx.DeleteLinks(ctx, model.ResetLink, userID); err != nil {
		return err
	}
	return tx.DeleteWaitingMails(ctx, model.ResetMail, userID)
}
