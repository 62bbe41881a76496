package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// RenameOrganization gives an organization another login. The old one is
// retired: nobody can take it over.
func (r *Registry) RenameOrganization(ctx context.Context, actor model.Actor, org, to string) error {
	login, err := model.ParseLogin(to)
	if err != nil {
		return err
	}
	return r.changeOrganization(ctx, actor, org, "organization.rename", "to "+login, func(tx *store.Store, a *model.Account) error {
		if err := claimLogin(ctx, tx, login, actor.Operator); err != nil {
			return err
		}
		if err := tx.RetireLogin(ctx, a.Login, "renamed", r.Clock.Now()); err != nil {
			return err
		}
		a.Login = login
		return existsAlready(tx.UpdateAccount(ctx, a, "login"), login)
	})
}

// DeleteOrganization removes an organization with all it owns and retires its
// login.
func (r *Registry) DeleteOrganization(ctx context.Context, actor model.Actor, org string) error {
	var id int64
	err := r.changeOrganization(ctx, actor, org, "organization.delete", "", func(tx *store.Store, a *model.Account) error {
		if a.Immutable {
			return model.Errorf(model.Conflict, "Files of %s never change. Take that setting back first.", a.Login)
		}
		id = a.ID
		if err := tx.RetireLogin(ctx, a.Login, "deleted", r.Clock.Now()); err != nil {
			return err
		}
		return tx.DeleteAccount(ctx, a.ID)
	})
	if err == nil {
		r.Index.Forget(id)
	}
	return err
}

// changeOrganization runs change on an organization for one of its owners, in
// one transaction, and audits it.
func (r *Registry) changeOrganization(ctx context.Context, actor model.Actor, org, action, detail string, change func(*store.Store, *model.Account) error) error {
	if actor.TokenID != 0 {
		return model.Errorf(model.Forbidden, "That takes a person: sign in with a password.")
	}
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.manageOrganization(ctx, tx, actor, org)
		if err != nil {
			return err
		}
		name := a.Login
		if err := change(tx, &a); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, name, action, name, detail)
	})
	if err == nil {
		r.done(ctx, action, actor, "account", org)
	}
	return err
}
