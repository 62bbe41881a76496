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
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.manage(ctx, tx, actor, owner)
		if err != nil {
			return err
		}
		if len(names) == 0 || len(names) > maxBulk {
			return model.Errorf(model.Invalid, "Choose between 1 and %d packages.", maxBulk)
		}
		if _, err := model.ParseAccess(string(access)); err != nil {
			return err
		}
		list := make([]model.Package, len(names))
		for i, name := range names {
			d, err := r.findPackage(ctx, tx, actor, owner, name, model.Admin)
			if err != nil {
				return err
			}
			list[i] = d.Package
		}
		return r.setAccess(ctx, tx, actor, a, list, access)
	})
	if err != nil {
		return err
	}
	r.done(ctx, "access changed", actor, "account", owner, "packages", len(names))
	return nil
}

// setAccess changes the access of an account's packages in a transaction. The change
// log is told of each one once, while the most people see it.
func (r *Registry) setAccess(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, list []model.Package, access model.Access) error {
	var narrowed, widened []string
	ids, lines := make([]int64, len(list)), make([]model.AuditLine, len(list))
	for i, p := range list {
		switch {
		case access.Narrower(p.Access):
			narrowed = append(narrowed, p.LookupName)
		case p.Access.Narrower(access):
			widened = append(widened, p.LookupName)
		}
		ids[i] = p.ID
		lines[i] = r.auditLine(actor, a.Login, "package.update", p.FullName(), fmt.Sprintf("access %s to %s", p.Access, access))
	}
	if len(narrowed) > 0 {
		if err := r.indexPackages(ctx, tx, a.ID, narrowed...); err != nil {
			return err
		}
	}
	if err := tx.SetPackageAccess(ctx, ids, access, r.Clock.Now()); err != nil {
		return err
	}
	if len(widened) > 0 {
		if err := r.indexPackages(ctx, tx, a.ID, widened...); err != nil {
			return err
		}
	}
	return tx.InsertAudits(ctx, lines)
}
