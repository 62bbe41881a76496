package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// requireSomeWrite fails unless actor may write to at least one package of the
// account, or make one.
func (r *Registry) requireSomeWrite(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account) error {
	if err := r.enter(actor, account); err != nil {
		return err
	}
	all, err := rightsOn(ctx, tx, actor, account)
	if err != nil {
		return err
	}
	have := all.onAccount()
	for _, p := range all.packages {
		have = max(have, p)
	}
	return decide(actor, have, model.Write, account.Login)
}

// requireProject returns the project that actor may publish to under that name;
// the zero one when there is none and actor may make it. One that actor may not
// even see is refused as one that is missing.
func (r *Registry) requireProject(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, name string) (PackageDetail, error) {
	create := r.requireAccount(ctx, tx, actor, a, model.Write)
	p, err := tx.PythonProject(ctx, a.ID, model.NormalizePyPI(name))
	if model.CodeOf(err) == model.NotFound {
		return PackageDetail{}, create
	}
	if err != nil {
		return PackageDetail{}, err
	}
	absent := create
	if absent == nil { // who may make packages sees them all: nobody gets this
		absent = model.Errorf(model.NotFound, "There is no project %s in %s.", shorten(name), a.Login)
	}
	have, err := r.requirePackage(ctx, tx, actor, a, p, model.Write, absent)
	return PackageDetail{Package: p, Account: a, Permission: have}, err
}
