package registry

import (
	"context"
	"fmt"

	"vivarium/app/model"
	"vivarium/app/store"
)

// CreatePackage makes an empty package. It is Conflict when the name is taken.
func (r *Registry) CreatePackage(ctx context.Context, actor model.Actor, owner, name string, in PackageChange) (PackageDetail, error) {
	var d PackageDetail
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		a, err := r.account(ctx, tx, actor, owner)
		if err != nil {
			return err
		}
		if err := r.requireAccount(ctx, tx, actor, a, model.Write); err != nil {
			return err
		}
		p, err := r.insertPackage(ctx, tx, actor, a, name, in)
		if model.CodeOf(err) == model.Conflict {
			return model.Errorf(model.Conflict, "Package %s/%s already exists.", a.Login, name)
		}
		d = PackageDetail{Package: p, Account: a, Permission: model.Admin}
		return err
	})
	if err == nil {
		r.done(ctx, "package created", actor, "package", d.FullName())
	}
	return d, err
}

// newPackage is a package that is not there yet.
func (r *Registry) newPackage(a model.Account, name string, in PackageChange) (*model.Package, error) {
	if err := model.CheckPackageName(name); err != nil {
		return nil, err
	}
	now := r.Clock.Now()
	p := &model.Package{
		AccountID: a.ID, Owner: a.Login, Name: name, LookupName: model.FoldName(name), NormalizedName: model.NormalizePyPI(name),
		Access: a.DefaultAccess, Status: model.Active, CreatedAt: now, ModifiedAt: now,
	}
	if p.Access == "" {
		p.Access = r.DefaultAccess
	}
	_, err := in.apply(p)
	return p, err
}

// insertPackage inserts a package for an actor that may.
func (r *Registry) insertPackage(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, name string, in PackageChange) (model.Package, error) {
	p, err := r.newPackage(a, name, in)
	if err != nil {
		return model.Package{}, err
	}
	if p.HasType(model.PyPI) {
		if err := r.oneProject(ctx, tx, actor, a, *p, model.PyPI); err != nil {
			return *p, err
		}
	}
	if err := tx.InsertPackage(ctx, p); err != nil {
		return *p, err
	}
	if err := setThumbnail(ctx, tx, p, in.Thumbnail); err != nil {
		return *p, err
	}
	return *p, r.audit(ctx, tx, actor, a.Login, "package.create", p.FullName(), string(p.Access))
}

// UpdatePackage changes a package. Its access takes Admin, the rest Write.
func (r *Registry) UpdatePackage(ctx context.Context, actor model.Actor, owner, name string, in PackageChange) (PackageDetail, error) {
	var d PackageDetail
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		want := model.Write
		if in.Access != nil {
			want = model.Admin
		}
		if d, err = r.packageDetail(ctx, tx, actor, owner, name, want); err != nil {
			return err
		}
		before := d.Package
		columns, err := in.apply(&d.Package)
		if err != nil {
			return err
		}
		d.ModifiedAt = r.Clock.Now()
		err = r.indexChanged(ctx, tx, before, d.Package, func() error {
			if err := tx.UpdatePackage(ctx, &d.Package, columns...); err != nil {
				return err
			}
			return setThumbnail(ctx, tx, &d.Package, in.Thumbnail)
		})
		if err != nil {
			return err
		}
		detail := ""
		if before.Access != d.Access {
			detail = fmt.Sprintf("access %s to %s", before.Access, d.Access)
		}
		return r.audit(ctx, tx, actor, d.Owner, "package.update", d.FullName(), detail)
	})
	if err != nil {
		return PackageDetail{}, err
	}
	r.done(ctx, "package changed", actor, "package", d.FullName())
	return d, nil
}

// indexChanged runs change, which makes the package before the package after, and
// tells the change log of it when an index shows the difference: once, while the
// most people see it.
func (r *Registry) indexChanged(ctx context.Context, tx *store.Store, before, after model.Package, change func() error) error {
	narrows := after.Access.Narrower(before.Access)
	if narrows {
		if err := r.indexPackages(ctx, tx, before.AccountID, before.LookupName); err != nil {
			return err
		}
	}
	if err := change(); err != nil || narrows || shownInIndex(before) == shownInIndex(after) {
		return err
	}
	return r.indexPackages(ctx, tx, after.AccountID, after.LookupName)
}

// DeletePackage removes a package with all its releases and files.
func (r *Registry) DeletePackage(ctx context.Context, actor model.Actor, owner, name string) error {
	var d PackageDetail
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if d, err = r.packageDetail(ctx, tx, actor, owner, name, model.Write); err != nil {
			return err
		}
		if err := r.mayRemove(ctx, tx, d.Account, d.Files()); err != nil {
			return err
		}
		if err := r.retire(ctx, tx, d.Files()); err != nil {
			return err
		}
		if err := r.indexFiles(ctx, tx, d.AccountID, d.Files()...); err != nil {
			return err
		}
		if err := tx.DeletePackage(ctx, d.ID); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, d.Owner, "package.delete", d.FullName(), fmt.Sprintf("%d files", len(d.Files())))
	})
	if err != nil {
		return err
	}
	r.done(ctx, "package deleted", actor, "package", d.FullName())
	return nil
}
