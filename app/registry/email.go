package registry

import (
	"context"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// awaits reports whether an account waits for that address to be confirmed: its
// own, or the one that is to take its place.
func awaits(a model.Account, email string) bool {
	return email != "" && (email == a.NewEmail || email == a.Email && a.EmailConfirmedAt.IsZero())
}

// ChangeEmail gives actor's person another address, given the password. On a site
// with mail it waits until it is confirmed, and the old address is told; without,
// it counts at once. Whether others have the address is never said.
func (r *Registry) ChangeEmail(ctx context.Context, actor model.Actor, email, password string) error {
	email, err := model.ParseEmail(email)
	if err != nil {
		return err
	}
	a, err := r.provePerson(ctx, actor, "password", password)
	if err != nil {
		return err
	}
	if strings.EqualFold(email, a.Email) {
		return model.FieldErrorf("email", "That is your address already.")
	}
	err = r.changeEmail(ctx, actor, "user.change-email", func(tx *store.Store, a *model.Account) error {
		if !r.HasMail() {
			return takeEmail(ctx, tx, a, email)
		}
		a.NewEmail = email
		if err := tx.UpdateAccount(ctx, a, "new_email"); err != nil {
			return err
		}
		if a.Email != "" {
			told := model.Mail{Kind: model.EmailChangeMail, AccountID: a.ID, Recipient: a.Email, Detail: email}
			if err := r.queue(ctx, tx, actor, told); err != nil {
				return err
			}
		}
		return r.queue(ctx, tx, actor, model.Mail{Kind: model.ConfirmMail, AccountID: a.ID, Recipient: email})
	})
	if err == nil {
		r.done(ctx, "email changed", actor)
	}
	return err
}

// takeEmail makes email the address of an account without asking. Reset links to
// the old one die.
func takeEmail(ctx context.Context, tx *store.Store, a *model.Account, email string) error {
	a.Email, a.NewEmail, a.EmailConfirmedAt = email, "", time.Time{}
	if err := tx.UpdateAccount(ctx, a, "email", "new_email", "email_confirmed_at"); err != nil {
		return err
	}
	return endResets(ctx, tx, a.ID)
}

// AskToConfirm mails once more the link that confirms the address that waits for
// it.
func (r *Registry) AskToConfirm(ctx context.Context, actor model.Actor) error {
	return r.changeEmail(ctx, actor, "user.ask-confirmation", func(tx *store.Store, a *model.Account) error {
		email := a.NewEmail
		if email == "" {
			email = a.Email
		}
		if !awaits(*a, email) {
			return model.Errorf(model.Conflict, "Your address is confirmed already.")
		}
		return r.queue(ctx, tx, actor, model.Mail{Kind: model.ConfirmMail, AccountID: a.ID, Recipient: email})
	})
}

// KeepEmail calls off a change of address that waits to be confirmed.
func (r *Registry) KeepEmail(ctx context.Context, actor model.Actor) error {
	return r.changeEmail(ctx, actor, "user.keep-email", func(tx *store.Store, a *model.Account) error {
		a.NewEmail = ""
		return tx.UpdateAccount(ctx, a, "new_email")
	})
}

// changeEmail runs change on actor's person in one transaction and audits it.
func (r *Registry) changeEmail(ctx context.Context, actor model.Actor, action string, change func(*store.Store, *model.Account) error) error {
	if err := requirePerson(actor); err != nil {
		return err
	}
	return r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := tx.AccountByID(ctx, actor.UserID)
		if err != nil {
			return err
		}
		if err := change(tx, &a); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, action, a.Login, "")
	})
}

// Confirmation is what a link that confirms an address opens.
type Confirmation struct{ Login, Email string }

// OpenConfirmation returns what the link with that secret confirms, or Gone. It
// uses nothing up.
func (r *Registry) OpenConfirmation(ctx context.Context, secret string) (Confirmation, error) {
	_, a, email, err := r.confirmation(ctx, r.Store, secret)
	return Confirmation{Login: a.Login, Email: email}, err
}

func (r *Registry) confirmation(ctx context.Context, tx *store.Store, secret string) (l model.Link, a model.Account, email string, err error) {
	if l, err = r.follow(ctx, tx, model.ConfirmLink, secret); err != nil {
		return l, a, "", err
	}
	if a, err = tx.AccountByID(ctx, l.AccountID); err != nil {
		return l, a, "", err
	}
	if !awaits(a, l.Email) {
		err = model.Errorf(model.Gone, "This link does not work any more: the address was confirmed already, or the change was called off.")
	}
	return l, a, l.Email, err
}

// ConfirmEmail uses a link up that confirms an address. From then on it is this
// account's alone: it is Conflict when another account has confirmed it before.
func (r *Registry) ConfirmEmail(ctx context.Context, from model.Actor, secret string) error {
	var a model.Account
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		var email string
		if _, a, email, err = r.confirmation(ctx, tx, secret); err != nil {
			return err
		}
		if err := r.settleEmail(ctx, tx, &a, email); err != nil {
			return err
		}
		return r.audit(ctx, tx, userActor(from, a), a.Login, "user.confirm-email", a.Login, "")
	})
	if err == nil {
		r.done(ctx, "email confirmed", model.Actor{Login: a.Login}, "remote", from.RemoteAddr)
	}
	return err
}

// settleEmail makes a confirmed address the account's own.
func (r *Registry) settleEmail(ctx context.Context, tx *store.Store, a *model.Account, email string) error {
	changed := email != a.Email
	a.Email, a.NewEmail, a.EmailConfirmedAt = email, "", r.Clock.Now()
	err := tx.UpdateAccount(ctx, a, "email", "new_email", "email_confirmed_at")
	if model.CodeOf(err) == model.Conflict {
		return model.Errorf(model.Conflict, "Another account has confirmed this address as its own. Sign in to that one, or give this one another address.")
	}
	if err != nil {
		return err
	}
	if err := tx.DeleteLinks(ctx, model.ConfirmLink, a.ID); err != nil || !changed {
		return err
	}
	return endResets(ctx, tx, a.ID)
}
