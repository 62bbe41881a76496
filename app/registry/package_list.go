package registry

import (
	"context"
	"slices"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// PackageFilter selects packages for a list.
type PackageFilter struct {
	Owner    string            // login; empty: every account
	Type     model.PackageType // empty: any
	Access   model.Access      // empty: any that the actor may see
	Platform string            // subdir; empty: any
	Query    string            // words in name and summary
	Limit    int               // 0: all
	Offset   int
	Order    model.PackageOrder
	// Starred lists the favorites of the person behind the actor alone.
	Starred bool
	// Installable leaves out notebooks and environments.
	Installable bool
	// Collection narrows the list to what is in it; 0: no matter.
	Collection int64
	// ChangedAfter leaves out what was last changed before.
	ChangedAfter time.Time
	// Published leaves out packages that have no file yet.
	Published bool
	// WithBuilds fills the build strings of each.
	WithBuilds bool
}

// Packages lists the packages that actor may see; total counts them without
// Limit and Offset.
func (r *Registry) Packages(ctx context.Context, actor model.Actor, f PackageFilter) (list []model.Package, total int, err error) {
	q := store.PackageQuery{
		Type: f.Type, Access: f.Access, Subdir: f.Platform, Words: f.Query, Order: f.Order, Limit: f.Limit, Offset: f.Offset,
		WithFiles: f.Published, Installable: f.Installable, Starred: f.Starred, Reader: actor.UserID,
		CollectionID: f.Collection, ChangedAfter: f.ChangedAfter, WithBuilds: f.WithBuilds,
	}
	if f.Owner != "" {
		a, err := r.account(ctx, r.Store, actor, f.Owner)
		if err != nil {
			return nil, 0, err
		}
		q.AccountID = a.ID
	}
	return r.list(ctx, actor, q)
}

// list is Packages for a query that is made already.
func (r *Registry) list(ctx context.Context, actor model.Actor, q store.PackageQuery) (list []model.Package, total int, err error) {
	if q.Sight, err = r.sight(actor); err != nil {
		return nil, 0, err
	}
	list, total, err = r.Store.Packages(ctx, q)
	for i := range list {
		orderVersions(&list[i])
	}
	return list, total, err
}

// orderVersions sorts p's versions and picks the newest stable one.
func orderVersions(p *model.Package) {
	order := orderOf(p.Types)
	slices.SortFunc(p.Versions, order.compare)
	p.LatestVersion = order.latest(p.Versions, p.YankedVersions)
}

// SiteCounts counts what anyone sees on the site.
type SiteCounts struct{ Packages, Files, Notebooks, Environments int }

// SiteCounts counts what anyone sees; nothing when nothing is public.
func (r *Registry) SiteCounts(ctx context.Context) (SiteCounts, error) {
	if !r.Anonymous {
		return SiteCounts{}, nil
	}
	var c SiteCounts
	var err error
	c.Packages, c.Files, c.Notebooks, c.Environments, err = r.Store.SiteCounts(ctx, store.Sight{})
	return c, err
}
