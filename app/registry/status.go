package registry

import (
	"context"
	"fmt"

	"vivarium/app/model"
	"vivarium/app/store"
)

// SetStatus says in which state a project is (PEP 792), for who has Admin on the
// package. Archived and quarantined ones take no Python uploads, and quarantined
// ones serve no Python files.
func (r *Registry) SetStatus(ctx context.Context, actor model.Actor, owner, name string, status model.ProjectStatus, reason string) (PackageDetail, error) {
	reason, err := parseReason(reason)
	if err != nil {
		return PackageDetail{}, err
	}
	var d PackageDetail
	err = r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if d, err = r.packageDetail(ctx, tx, actor, owner, name, model.Admin); err != nil {
			return err
		}
		detail := fmt.Sprintf("status %s to %s", d.Status, status)
		if reason != "" {
			detail += ": " + reason
		}
		d.Status, d.StatusReason, d.ModifiedAt = status, reason, r.Clock.Now()
		if status == model.Active {
			d.StatusReason = ""
		}
		if err := tx.UpdatePackage(ctx, &d.Package, "status", "status_reason", "modified_at"); err != nil {
			return err
		}
		if err := r.indexPackages(ctx, tx, d.AccountID, d.LookupName); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, d.Owner, "package.status", d.FullName(), detail)
	})
	if err != nil {
		return PackageDetail{}, err
	}
	r.done(ctx, "package status changed", actor, "package", d.FullName(), "status", string(status))
	return d, nil
}

// givenOut fails with Forbidden when the file is held back from who may not
// change its package.
func givenOut(f model.File, d PackageDetail) error {
	if f.Type != model.PyPI || d.Status != model.Quarantined || d.Permission >= model.Write {
		return nil
	}
	return model.Errorf(model.Forbidden, "Project %s is quarantined; its files are held back.", d.Name)
}

// takesType fails with Forbidden when the package takes no files of type t any
// more.
func takesType(p model.Package, t model.PackageType) error {
	if t != model.PyPI || p.Status != model.Archived && p.Status != model.Quarantined {
		return nil
	}
	return model.Errorf(model.Forbidden, "Project %s is %s; uploads are closed.", p.Name, p.Status)
}
