package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Star puts a package into the favorites of the person behind actor, or takes it
// out, and returns the package as it is then. Doing it again changes nothing. It
// leaves no audit line: a star gives no right and is taken back at will.
func (r *Registry) Star(ctx context.Context, actor model.Actor, owner, name string, starred bool) (PackageDetail, error) {
	var d PackageDetail
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if d, err = r.findPackage(ctx, tx, actor, owner, name, model.Read); err != nil {
			return err
		}
		if err := requireUser(actor); err != nil {
			return err
		}
		if starred {
			err = tx.AddStar(ctx, actor.UserID, d.ID, r.Clock.Now())
		} else {
			err = tx.RemoveStar(ctx, actor.UserID, d.ID)
		}
		if err != nil {
			return err
		}
		d.Package, err = tx.Package(ctx, d.AccountID, d.LookupName)
		d.Starred = starred
		return err
	})
	return d, err
}

// requireUser fails unless a person is behind actor: organizations have no
// favorites, and nobody tells them anything.
func requireUser(actor model.Actor) error {
	if err := RequireSelf(actor); err != nil {
		return err
	}
	if actor.UserID == 0 {
		return model.Errorf(model.Forbidden, "Only people have favorites and news. Use an access token of your own.")
	}
	return nil
}

// markStarred notes whether the person behind actor starred the package.
func (d *PackageDetail) markStarred(ctx context.Context, tx *store.Store, actor model.Actor) (err error) {
	if actor.UserID != 0 {
		d.Starred, err = tx.Starred(ctx, actor.UserID, d.ID)
	}
	return err
}

// Favorites lists what the person behind actor starred, as far as actor may see it;
// total counts it without Limit and Offset.
func (r *Registry) Favorites(ctx context.Context, actor model.Actor, f PackageFilter) (list []model.Package, total int, err error) {
	if err := requireUser(actor); err != nil {
		return nil, 0, err
	}
	f.Starred = true
	return r.Packages(ctx, actor, f)
}

// Stargazers lists who starred a package, for those who administer it.
func (r *Registry) Stargazers(ctx context.Context, actor model.Actor, owner, name string) (d PackageDetail, list []model.Stargazer, err error) {
	err = r.Store.InReadTx(ctx, func(tx *store.Store) error {
		if d, err = r.packageDetail(ctx, tx, actor, owner, name, model.Admin); err != nil {
			return err
		}
		if err := d.markStarred(ctx, tx, actor); err != nil {
			return err
		}
		list, err = tx.Stargazers(ctx, d.ID)
		return err
	})
	return d, list, err
}
