package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// PackageName names a package of any account.
type PackageName struct{ Owner, Name string }

// AddToCollection puts packages into a collection, all or none. Who may see a package
// may add it; who sees the collection still sees only what it may.
func (r *Registry) AddToCollection(ctx context.Context, actor model.Actor, owner, name string, packages []PackageName) error {
	return r.eachInCollection(ctx, actor, owner, name, "collection.add", packages, func(tx *store.Store, c *model.Collection, p model.Package) error {
		return tx.AddToCollection(ctx, c.ID, p.ID, r.Clock.Now())
	})
}

// RemoveFromCollection takes packages out of a collection, all or none.
func (r *Registry) RemoveFromCollection(ctx context.Context, actor model.Actor, owner, name string, packages []PackageName) error {
	return r.eachInCollection(ctx, actor, owner, name, "collection.remove", packages, func(tx *store.Store, c *model.Collection, p model.Package) error {
		err := tx.RemoveFromCollection(ctx, c.ID, p.ID)
		if model.CodeOf(err) == model.NotFound {
			return model.Errorf(model.NotFound, "Package %s is not in the collection.", p.FullName())
		}
		return err
	})
}

func (r *Registry) eachInCollection(ctx context.Context, actor model.Actor, owner, name, action string, packages []PackageName, do func(*store.Store, *model.Collection, model.Package) error) error {
	if len(packages) == 0 || len(packages) > maxBulk {
		return model.Errorf(model.Invalid, "Name between 1 and %d packages.", maxBulk)
	}
	detail := packages[0].Owner + "/" + packages[0].Name
	return r.changeCollection(ctx, actor, owner, name, action, shorten(detail), func(tx *store.Store, c *model.Collection) error {
		for _, n := range packages {
			d, err := r.findPackage(ctx, tx, actor, n.Owner, n.Name, model.Read)
			if err != nil {
				return err
			}
			if err := do(tx, c, d.Package); err != nil {
				return err
			}
		}
		return nil
	})
}

// CloneCollection makes a collection with what actor sees of another one.
func (r *Registry) CloneCollection(ctx context.Context, actor model.Actor, from PackageName, owner, name string) error {
	return r.changeAccount(ctx, actor, owner, "collection.create", name, func(tx *store.Store, a model.Account) error {
		source, err := r.findCollection(ctx, tx, actor, from.Owner, from.Name)
		if err != nil {
			return err
		}
		c, err := r.insertCollection(ctx, tx, a, name, CollectionChange{Access: &source.Access, Description: &source.Description})
		if err != nil {
			return err
		}
		return r.fillCollection(ctx, tx, actor, source.ID, c.ID)
	})
}

// PullCollection adds what actor sees of one collection to another.
func (r *Registry) PullCollection(ctx context.Context, actor model.Actor, from PackageName, owner, name string) error {
	return r.changeCollection(ctx, actor, owner, name, "collection.add", shorten(from.Owner+"/"+from.Name), func(tx *store.Store, c *model.Collection) error {
		source, err := r.findCollection(ctx, tx, actor, from.Owner, from.Name)
		if err != nil {
			return err
		}
		return r.fillCollection(ctx, tx, actor, source.ID, c.ID)
	})
}

func (r *Registry) fillCollection(ctx context.Context, tx *store.Store, actor model.Actor, from, into int64) error {
	sight, err := r.sight(actor)
	if err != nil {
		return err
	}
	return tx.FillCollection(ctx, from, into, sight, r.Clock.Now())
}
