package registry

import (
	"context"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Holdings counts what an account has and what would go with it, for who
// administers it.
func (r *Registry) Holdings(ctx context.Context, actor model.Actor, login string) (model.Holdings, error) {
	a, err := r.manage(ctx, r.Store, actor, login)
	if err != nil {
		return model.Holdings{}, err
	}
	return r.Store.Holdings(ctx, a.ID, r.lately())
}

// lately is since when downloads count of which people are told who delete
// something.
func (r *Registry) lately() time.Time { return r.Clock.Now().AddDate(0, 0, -30) }

// PackageUse says who would notice if a package were gone.
type PackageUse struct {
	// Dependents counts the packages of the same channel that need it.
	Dependents int
	// Lately is how often it was downloaded in the last 30 days.
	Lately int64
}

// PackageUse says who uses a package, as far as actor may know.
func (r *Registry) PackageUse(ctx context.Context, actor model.Actor, owner, name string) (use PackageUse, err error) {
	d, err := r.findPackage(ctx, r.Store, actor, owner, name, model.Read)
	if err != nil {
		return use, err
	}
	if _, use.Dependents, err = r.list(ctx, actor, store.PackageQuery{AccountID: d.AccountID, Needing: &d.Package, Limit: 1}); err != nil {
		return use, err
	}
	use.Lately, err = r.Store.PackageDownloads(ctx, d.ID, r.lately())
	return use, err
}
