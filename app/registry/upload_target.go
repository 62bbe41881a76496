package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// requireTarget returns the package that actor may publish files of type t to
// under that name; the zero one when there is none and actor may make it. One that
// actor may not even see is refused as one that is missing, and one that takes no uploads with
// Forbidden.
func (r *Registry) requireTarget(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, t model.PackageType, name string) (PackageDetail, error) {
	create := r.requireAccount(ctx, tx, actor, a, model.Write)
	p, err := targetOf(ctx, tx, a, t, name)
	if model.CodeOf(err) == model.NotFound {
		return PackageDetail{}, create
	}
	if err != nil {
		return PackageDetail{}, err
	}
	absent := create
	if absent == nil { // who may make packages sees them all: nobody gets this
		absent = model.Errorf(model.NotFound, "There is no package %s in %s.", shorten(name), a.Login)
	}
	have, err := r.requirePackage(ctx, tx, actor, a, p, model.Write, absent)
	if err == nil {
		err = takesType(p, t)
	}
	return PackageDetail{Package: p, Account: a, Permission: have}, err
}

// targetOf returns the package that holds, or is meant for, files of type t under
// that name.
func targetOf(ctx context.Context, tx *store.Store, a model.Account, t model.PackageType, name string) (model.Package, error) {
	if t == model.PyPI {
		return tx.PythonProject(ctx, a.ID, model.NormalizePyPI(name))
	}
	return lookUp(ctx, tx, a, name)
}

// targetMade returns d, made when it is the zero package.
func (r *Registry) targetMade(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, d PackageDetail, t model.PackageType, name string) (PackageDetail, bool, error) {
	if d.ID != 0 {
		return d, false, nil
	}
	p, err := r.insertPackage(ctx, tx, actor, a, name, PackageChange{Types: []model.PackageType{t}})
	return PackageDetail{Package: p, Account: a, Permission: model.Admin}, true, err
}

// releaseMade returns the release of p that holds a version for files of type t,
// made when it is missing.
func (r *Registry) releaseMade(ctx context.Context, tx *store.Store, actor model.Actor, p model.Package, t model.PackageType, version string) (rel model.Release, made bool, err error) {
	rel, err = r.findRelease(ctx, tx, p, t, version)
	if model.CodeOf(err) != model.NotFound {
		return rel, false, err
	}
	rel, err = r.insertRelease(ctx, tx, actor, p, version, ReleaseChange{})
	return rel, true, err
}
