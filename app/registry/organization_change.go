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
		return r.rename(ctx, tx, a, login, actor.Operator)
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

// TransferOrganization hands an organization over: the user login becomes one of
// its owners, and the person behind actor is none any more. Other owners stay.
func (r *Registry) TransferOrganization(ctx context.Context, actor model.Actor, org, login string) error {
	return r.changeOrganization(ctx, actor, org, "organization.transfer", "to "+model.FoldLogin(login), func(tx *store.Store, a *model.Account) error {
		to, err := findUser(ctx, tx, login)
		if err != nil {
			return err
		}
		if to.ID == actor.UserID {
			return model.FieldErrorf("username", "You own %s already. Name somebody else.", a.Login)
		}
		if to.Disabled {
			return model.FieldErrorf("username", "%s is disabled and cannot own anything.", to.Login)
		}
		owners, err := tx.Group(ctx, a.ID, model.OwnersGroup)
		if err != nil {
			return err
		}
		if err := r.join(ctx, tx, actor, owners.ID, to.ID); err != nil && model.CodeOf(err) != model.Conflict {
			return err
		}
		err = tx.RemoveMember(ctx, owners.ID, actor.UserID)
		if model.CodeOf(err) == model.NotFound { // the operator is in no group
			return nil
		}
		return err
	})
}

// RemoveFromOrganization takes a user out of every group of an organization: of
// all or, when the user is the last owner, of none.
func (r *Registry) RemoveFromOrganization(ctx context.Context, actor model.Actor, org, login string) error {
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.manageOrganization(ctx, tx, actor, org)
		if err != nil {
			return err
		}
		groups, err := tx.Groups(ctx, a.ID)
		if err != nil {
			return err
		}
		in := 0
		for _, g := range groups {
			err := removeMember(ctx, tx, a, &g, login)
			switch code := model.CodeOf(err); {
			case err == nil:
				in++
			case code != model.NotFound:
				return err
			}
		}
		if in == 0 {
			return model.Errorf(model.NotFound, "%s is in no group of %s.", shorten(login), a.Login)
		}
		return r.audit(ctx, tx, actor, a.Login, "organization.remove-member", a.Login, model.FoldLogin(login))
	})
	if err == nil {
		r.done(ctx, "member removed", actor, "account", org, "member", login)
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
		return r.audit(ctx, tx, actor, a.Login, action, name, detail)
	})
	if err == nil {
		r.done(ctx, action, actor, "account", org)
	}
	return err
}
