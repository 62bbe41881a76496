package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// CollectionDetail is a collection with those of its packages that the actor sees,
// or a part of them; Total counts them all.
type CollectionDetail struct {
	model.Collection
	Owner    string
	Packages []model.Package
	Total    int
	// Manages says that the actor administers the account.
	Manages bool
}

// CollectionChange says what of a collection changes; nil stays.
type CollectionChange struct {
	Access      *model.Access
	Description *string
}

func (c CollectionChange) apply(to *model.Collection) error {
	if c.Access != nil {
		to.Access = *c.Access
	}
	if c.Description == nil {
		return nil
	}
	if len(*c.Description) > maxText {
		return model.FieldErrorf("description", "Use at most %d bytes.", maxText)
	}
	to.Description = *c.Description
	return nil
}

// seesCollection is the access of collections, the same as that of packages: a
// private one is there for those who see every package of the account.
func seesCollection(actor model.Actor, have rights, c model.Collection) bool {
	return c.Access == model.Public || have.onAll() >= model.Read || c.Access == model.Authenticated && !actor.Anonymous()
}

// Collections lists the collections of an account that actor sees, by name.
func (r *Registry) Collections(ctx context.Context, actor model.Actor, owner string) ([]model.Collection, error) {
	a, err := r.account(ctx, r.Store, actor, owner)
	if err != nil {
		return nil, err
	}
	have, err := rightsOn(ctx, r.Store, actor, a)
	if err != nil {
		return nil, err
	}
	all, err := r.Store.Collections(ctx, a.ID)
	var seen []model.Collection
	for _, c := range all {
		if c.Access == model.Public || actor.PassesDoor() && seesCollection(actor, have, c) {
			seen = append(seen, c)
		}
	}
	if err != nil {
		return nil, err
	}
	return seen, r.dateCollections(ctx, actor, a.ID, seen)
}

// dateCollections lets collections be modified, too, when something was added that
// actor sees: nobody learns when it was something else.
func (r *Registry) dateCollections(ctx context.Context, actor model.Actor, accountID int64, list []model.Collection) error {
	sight, err := r.sight(actor)
	if err != nil {
		return err
	}
	added, err := r.Store.LastAdded(ctx, accountID, sight)
	for i, c := range list {
		if at := added[c.ID]; at.After(c.ModifiedAt) {
			list[i].ModifiedAt = at
		}
	}
	return err
}

// Collection returns a collection with at most limit of its packages, 0 for all,
// after offset others; NotFound when it does not exist or actor may not see it, in
// the same words.
func (r *Registry) Collection(ctx context.Context, actor model.Actor, owner, name string, limit, offset int) (CollectionDetail, error) {
	var d CollectionDetail
	err := r.Store.InReadTx(ctx, func(tx *store.Store) (err error) {
		d, err = r.findCollection(ctx, tx, actor, owner, name)
		return err
	})
	if err != nil {
		return d, err
	}
	dated := []model.Collection{d.Collection}
	if err := r.dateCollections(ctx, actor, d.AccountID, dated); err != nil {
		return d, err
	}
	d.Collection = dated[0]
	d.Packages, d.Total, err = r.Packages(ctx, actor, PackageFilter{Collection: d.ID, WithBuilds: true, Limit: limit, Offset: offset})
	return d, err
}

func (r *Registry) findCollection(ctx context.Context, tx *store.Store, actor model.Actor, owner, name string) (CollectionDetail, error) {
	a, err := r.account(ctx, tx, actor, owner)
	if err != nil {
		return CollectionDetail{}, err
	}
	have, err := rightsOn(ctx, tx, actor, a)
	if err != nil {
		return CollectionDetail{}, err
	}
	d := CollectionDetail{Owner: a.Login, Manages: have.owner}
	absent := model.Errorf(model.NotFound, "Collection \"%s/%s\" does not exist.", a.Login, shorten(name))
	d.Collection, err = tx.Collection(ctx, a.ID, model.FoldName(name))
	if model.CodeOf(err) == model.NotFound || err == nil && !seesCollection(actor, have, d.Collection) {
		return d, absent
	}
	if err == nil && d.Access != model.Public && !actor.PassesDoor() {
		err = missingScope(actor, a.Login)
	}
	return d, err
}

// CreateCollection makes an empty collection. It is Conflict when the name is taken.
func (r *Registry) CreateCollection(ctx context.Context, actor model.Actor, owner, name string, in CollectionChange) error {
	return r.changeAccount(ctx, actor, owner, "collection.create", name, func(tx *store.Store, a model.Account) error {
		_, err := r.insertCollection(ctx, tx, a, name, in)
		return err
	})
}

func (r *Registry) insertCollection(ctx context.Context, tx *store.Store, a model.Account, name string, in CollectionChange) (model.Collection, error) {
	c := model.Collection{AccountID: a.ID, Name: model.FoldName(name), Access: model.Public, CreatedAt: r.Clock.Now(), ModifiedAt: r.Clock.Now()}
	if model.CheckPackageName(name) != nil { // the same letters, and other words
		return c, model.FieldErrorf("name", "Use up to 128 letters, digits, . _ and -, the first a letter, digit or _.")
	}
	if err := in.apply(&c); err != nil {
		return c, err
	}
	err := tx.InsertCollection(ctx, &c)
	if model.CodeOf(err) == model.Conflict {
		err = model.Errorf(model.Conflict, "Collection %s/%s already exists.", a.Login, c.Name)
	}
	return c, err
}

// UpdateCollection changes a collection.
func (r *Registry) UpdateCollection(ctx context.Context, actor model.Actor, owner, name string, in CollectionChange) error {
	return r.changeCollection(ctx, actor, owner, name, "collection.update", "", func(tx *store.Store, c *model.Collection) error {
		if err := in.apply(c); err != nil {
			return err
		}
		c.ModifiedAt = r.Clock.Now()
		return tx.UpdateCollection(ctx, c)
	})
}

// DeleteCollection removes a collection; its packages stay where they are.
func (r *Registry) DeleteCollection(ctx context.Context, actor model.Actor, owner, name string) error {
	return r.changeAccount(ctx, actor, owner, "collection.delete", name, func(tx *store.Store, a model.Account) error {
		d, err := r.findCollection(ctx, tx, actor, owner, name)
		if err != nil {
			return err
		}
		return tx.DeleteCollection(ctx, d.ID)
	})
}

// changeAccount does something to what an account's owners alone may change, and
// writes the audit line.
func (r *Registry) changeAccount(ctx context.Context, actor model.Actor, owner, action, name string, do func(*store.Store, model.Account) error) error {
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.manage(ctx, tx, actor, owner)
		if err != nil {
			return err
		}
		if err := do(tx, a); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, action, a.Login+"/"+model.FoldName(name), "")
	})
	if err == nil {
		r.done(ctx, action, actor, "account", owner, "collection", name)
	}
	return err
}

// changeCollection changes what a collection is or holds.
func (r *Registry) changeCollection(ctx context.Context, actor model.Actor, owner, name, action, detail string, do func(*store.Store, *model.Collection) error) error {
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.manage(ctx, tx, actor, owner)
		if err != nil {
			return err
		}
		d, err := r.findCollection(ctx, tx, actor, owner, name)
		if err != nil {
			return err
		}
		if err := do(tx, &d.Collection); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, action, a.Login+"/"+d.Name, detail)
	})
	if err == nil {
		r.done(ctx, action, actor, "account", owner, "collection", name)
	}
	return err
}
