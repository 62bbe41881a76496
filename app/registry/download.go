package registry

import (
	"context"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// maxDays is how long a time downloads may be asked of.
const maxDays = 3 * 366

// Downloads lists how often the packages of an account that actor sees were downloaded
// on each day from first to last, both included.
func (r *Registry) Downloads(ctx context.Context, actor model.Actor, owner string, first, last time.Time) ([]model.DownloadCount, error) {
	a, err := r.account(ctx, r.Store, actor, owner)
	if err != nil {
		return nil, err
	}
	if last.Before(first) || last.Sub(first) > maxDays*24*time.Hour {
		return nil, model.Errorf(model.Invalid, "The first day must not come after the last, and at most %d days may lie between them.", maxDays)
	}
	sight, err := r.sight(actor)
	if err != nil {
		return nil, err
	}
	return r.Store.Downloads(ctx, a.ID, first, last, sight)
}

// SetPublished notes that a package is, or is not, published in the sense of older
// clients. Who sees it is a matter of its access alone.
func (r *Registry) SetPublished(ctx context.Context, actor model.Actor, owner, name string, published bool) error {
	var d PackageDetail
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if d, err = r.findPackage(ctx, tx, actor, owner, name, model.Admin); err != nil {
			return err
		}
		d.Published, d.ModifiedAt = published, r.Clock.Now()
		if err := tx.UpdatePackage(ctx, &d.Package, "published", "modified_at"); err != nil {
			return err
		}
		detail := map[bool]string{true: "published", false: "not published"}[published]
		return r.audit(ctx, tx, actor, d.Owner, "package.update", d.FullName(), detail)
	})
	if err == nil {
		r.done(ctx, "package changed", actor, "package", d.FullName())
	}
	return err
}
