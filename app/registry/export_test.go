package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Decisions are what a request asks about an actor, by what it is for.
var Decisions = map[string]func(ctx context.Context, r *Registry, tx *store.Store, actor model.Actor, a model.Account, p model.Package) error{
	"package": func(ctx context.Context, r *Registry, tx *store.Store, actor model.Actor, a model.Account, p model.Package) error {
		_, err := r.requirePackage(ctx, tx, actor, a, p, model.Read, model.Errorf(model.NotFound, "Absent."))
		return err
	},
	"index": func(ctx context.Context, _ *Registry, tx *store.Store, actor model.Actor, a model.Account, _ model.Package) error {
		_, _, err := sightIn(ctx, tx, actor, a)
		return err
	},
	"list": func(ctx context.Context, r *Registry, _ *store.Store, actor model.Actor, a model.Account, _ model.Package) error {
		_, _, err := r.Packages(ctx, actor, PackageFilter{Owner: a.Login, Limit: 1})
		return err
	},
}
