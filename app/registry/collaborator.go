package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Collaborators lists who has a permission on a package outside of groups, for
// who sees the package.
func (r *Registry) Collaborators(ctx context.Context, actor model.Actor, owner, name string) ([]model.Collaborator, error) {
	d, err := r.findPackage(ctx, r.Store, actor, owner, name, model.Read)
	if err != nil {
		return nil, err
	}
	return r.Store.Collaborators(ctx, d.ID)
}

// SetCollaborator gives a user Read or Write on a package, or changes it.
func (r *Registry) SetCollaborator(ctx context.Context, actor model.Actor, owner, name, login string, p model.Permission) error {
	if p != model.Read && p != model.Write {
		return model.FieldErrorf("permission", "A collaborator may read or write. For more, use a group.")
	}
	return r.changeCollaborator(ctx, actor, owner, name, "package.add-collaborator", login+" "+p.String(), func(tx *store.Store, d PackageDetail) error {
		user, err := findUser(ctx, tx, login)
		if err != nil {
			return err
		}
		return tx.SetCollaborator(ctx, d.ID, user.ID, p, r.Clock.Now())
	})
}

// RemoveCollaborator takes a user's permission on a package away.
func (r *Registry) RemoveCollaborator(ctx context.Context, actor model.Actor, owner, name, login string) error {
	return r.changeCollaborator(ctx, actor, owner, name, "package.remove-collaborator", login, func(tx *store.Store, d PackageDetail) error {
		user, err := findUser(ctx, tx, login)
		if err == nil {
			err = tx.RemoveCollaborator(ctx, d.ID, user.ID)
		}
		if code := model.CodeOf(err); err != nil && (code == model.NotFound || code == model.Invalid) {
			return model.Errorf(model.NotFound, "%s is not a collaborator of %s.", shorten(login), d.FullName())
		}
		return err
	})
}

func (r *Registry) changeCollaborator(ctx context.Context, actor model.Actor, owner, name, action, detail string, change func(*store.Store, PackageDetail) error) error {
	var d PackageDetail
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if d, err = r.findPackage(ctx, tx, actor, owner, name, model.Admin); err != nil {
			return err
		}
		if err := change(tx, d); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, d.Owner, action, d.FullName(), detail)
	})
	if err == nil {
		r.done(ctx, action, actor, "package", d.FullName())
	}
	return err
}
