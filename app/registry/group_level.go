package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// AttachPackage makes a group's permission reach one more package. That it does
// already is no error.
func (r *Registry) AttachPackage(ctx context.Context, actor model.Actor, org, name, pkg string) error {
	return r.changeGroup(ctx, actor, org, name, "group.add-package", pkg, func(tx *store.Store, a model.Account, g *model.Group) error {
		p, err := r.packageOf(ctx, tx, a, pkg)
		if err != nil {
			return err
		}
		err = tx.AddGroupPackage(ctx, g.ID, p.ID, r.Clock.Now())
		if model.CodeOf(err) == model.Conflict {
			return nil
		}
		return err
	})
}

// SetLevel gives a group a permission of its own on one package, which it attaches
// if need be; NoAccess takes the package out of the group's reach. It is Conflict
// where that would not count: for Owners, and for less than the group gives on
// every package.
func (r *Registry) SetLevel(ctx context.Context, actor model.Actor, org, name, pkg string, level model.Permission) error {
	return r.changeGroup(ctx, actor, org, name, "group.set-level", pkg+" "+level.String(), func(tx *store.Store, a model.Account, g *model.Group) error {
		p, err := r.packageOf(ctx, tx, a, pkg)
		if err != nil {
			return err
		}
		if err := counts(*g, level); err != nil {
			return err
		}
		if level != model.NoAccess {
			return tx.SetGroupPackage(ctx, g.ID, p.ID, level, r.Clock.Now())
		}
		err = tx.RemoveGroupPackage(ctx, g.ID, p.ID)
		if model.CodeOf(err) == model.NotFound {
			return nil
		}
		return err
	})
}

// counts fails when a level on a single package would change nothing, because the
// group gives more on all.
func counts(g model.Group, level model.Permission) error {
	switch {
	case level < model.NoAccess || level > model.Admin:
		return model.FieldErrorf("permission", "A level is none, read, write or admin.")
	case g.Name == model.OwnersGroup:
		return model.Errorf(model.Conflict, "Owners always have every right. Make another group for less.")
	case g.AllPackages && level < g.Permission:
		return model.Errorf(model.Conflict, "%s gives %s on every package, so that less on one would not count. Take its permission on all packages back first.", g.Name, g.Permission)
	}
	return nil
}

// DetachPackage takes a package out of a group's reach.
func (r *Registry) DetachPackage(ctx context.Context, actor model.Actor, org, name, pkg string) error {
	return r.changeGroup(ctx, actor, org, name, "group.remove-package", pkg, func(tx *store.Store, a model.Account, g *model.Group) error {
		p, err := r.packageOf(ctx, tx, a, pkg)
		if err != nil {
			return err
		}
		return tx.RemoveGroupPackage(ctx, g.ID, p.ID)
	})
}
