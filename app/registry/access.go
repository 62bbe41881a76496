package registry

import (
	"context"
	"fmt"

	"vivarium/app/model"
	"vivarium/app/store"
)

// maxBulk bounds the packages of one change.
const maxBulk = 1000

// SetAccess gives several packages of an owner the same access, all or none: one
// change of the index, one audit line for each. It takes who administers the
// account.
func (r *Registry) SetAccess(ctx context.Context, actor model.Actor, owner string, names []string, access model.Access) error {
	var accountID int64
	var changed []string
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if _, err := r.manage(ctx, tx, actor, owner); err != nil {
			return err
		}
		if len(names) == 0 || len(names) > maxBulk {
			return model.Errorf(model.Invalid, "Choose between 1 and %d packages.", maxBulk)
		}
		if _, err := model.ParseAccess(string(access)); err != nil {
			return err
		}
		for _, name := range names {
			d, err := r.findPackage(ctx, tx, actor, owner, name, model.Admin)
			if err != nil {
				return err
			}
			accountID = d.AccountID
			detail := fmt.Sprintf("access %s to %s", d.Access, access)
			if err := r.indexPackages(ctx, tx, accountID, d.LookupName); err != nil { // for those who lose it
				return err
			}
			d.Access, d.ModifiedAt = access, r.Clock.Now()
			if err := tx.UpdatePackage(ctx, &d.Package, "access", "modified_at"); err != nil {
				return err
			}
			if err := r.audit(ctx, tx, actor, d.Owner, "package.update", d.FullName(), detail); err != nil {
				return err
			}
			changed = append(changed, d.LookupName)
		}
		return r.indexPackages(ctx, tx, accountID, changed...)
	})
	if err != nil {
		return err
	}
	r.done(ctx, "access changed", actor, "account", owner, "packages", len(names))
	return nil
}
