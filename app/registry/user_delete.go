package registry

import (
	"context"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// DeleteUser removes a user with all it owns and retires its login. It is
// Conflict while an organization would be left without an owner.
func (r *Registry) DeleteUser(ctx context.Context, actor model.Actor, login string) error {
	var id int64
	err := r.changeUser(ctx, actor, login, "user.delete", "", func(tx *store.Store, a *model.Account) error {
		id = a.ID
		return r.deleteUser(ctx, tx, *a)
	})
	if err == nil {
		r.Index.Forget(id)
	}
	return err
}

func (r *Registry) deleteUser(ctx context.Context, tx *store.Store, a model.Account) error {
	orgs, err := tx.OrganizationsSoleOwned(ctx, a.ID)
	if err != nil {
		return err
	}
	if len(orgs) > 0 {
		return model.Errorf(model.Conflict, "%s is the only owner of %s. Give it another owner first.", a.Login, orgs[0].Login)
	}
	if err := tx.RetireLogin(ctx, a.Login, "deleted", r.Clock.Now()); err != nil {
		return err
	}
	return tx.DeleteAccount(ctx, a.ID)
}

// Estate is what goes when an account is deleted.
type Estate struct {
	model.Holdings
	Sessions int
	// OnlyOwnerOf are the organizations that keep the account from being deleted.
	OnlyOwnerOf []model.Account
}

// Estate counts what would go with the account of actor's person.
func (r *Registry) Estate(ctx context.Context, actor model.Actor) (e Estate, err error) {
	if err := requirePerson(actor); err != nil {
		return e, err
	}
	err = r.Store.InReadTx(ctx, func(tx *store.Store) (err error) {
		if e.OnlyOwnerOf, err = tx.OrganizationsSoleOwned(ctx, actor.UserID); err != nil {
			return err
		}
		if e.Holdings, err = tx.Holdings(ctx, actor.UserID, r.lately()); err != nil {
			return err
		}
		sessions, err := tx.SignIns(ctx, actor.UserID, time.Time{})
		e.Sessions = len(sessions)
		return err
	})
	return e, err
}

// DeleteSelf removes the account of actor's person with all it owns, given its
// name once more and the password. It is Conflict while an organization would be
// left without an owner.
func (r *Registry) DeleteSelf(ctx context.Context, actor model.Actor, typed, password string) error {
	a, err := r.provePerson(ctx, actor, "password", password)
	if err != nil {
		return err
	}
	if model.FoldLogin(typed) != a.Login {
		return model.FieldErrorf("typed", "Type %s, to be sure that it is this account.", a.Login)
	}
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		if err := r.deleteUser(ctx, tx, a); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "user.delete", a.Login, "")
	})
	if err == nil {
		r.Index.Forget(a.ID)
		r.done(ctx, "user deleted", actor, "account", a.Login)
	}
	return err
}
