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
	list, err := packagesNamed(ctx, tx, a, []string{model.FoldName(name)}, []string{model.NormalizePyPI(name)})
	if err != nil {
		return model.Package{}, err
	}
	if p := chooseTarget(list, t, name); p != nil {
		return *p, nil
	}
	return model.Package{}, model.Errorf(model.NotFound, "Package \"%s/%s\" does not exist.", a.Login, shorten(name))
}

func packagesNamed(ctx context.Context, tx *store.Store, a model.Account, lookUps, normalized []string) ([]*model.Package, error) {
	list, err := tx.PackagesNamed(ctx, a.ID, lookUps, normalized)
	found := make([]*model.Package, len(list))
	for i := range list {
		found[i] = &list[i]
	}
	return found, err
}

// chooseTarget finds among packages of a channel, the oldest first, the one for
// files of type t under a name, or nil. A project with Python files is found under
// every spelling of its name (PEP 503); Python files go to any package of their
// name, before they get one of their own.
func chooseTarget(list []*model.Package, t model.PackageType, name string) (found *model.Package) {
	lookUp, normalized := model.FoldName(name), model.NormalizePyPI(name)
	for _, p := range list {
		switch {
		case t != model.PyPI && p.LookupName == lookUp, t == model.PyPI && p.NormalizedName == normalized && p.HasType(model.PyPI):
			return p
		case found == nil && p.NormalizedName == normalized && (t == model.PyPI || p.HasType(model.PyPI)):
			found = p
		}
	}
	return found
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
