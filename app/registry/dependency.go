package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Requirement is something that a release needs.
type Requirement struct {
	Type model.PackageType
	Name string
	// Needs says which versions will do, for which platforms; there are several where
	// builds differ.
	Needs []model.Dependency
	// Here is the channel's package of that name, nil when there is none that the
	// actor may see.
	Here *model.Package
}

// Requirements lists what the files of a release of d need, by name, and which of
// it actor sees in the same channel.
func (r *Registry) Requirements(ctx context.Context, actor model.Actor, d PackageDetail, release ReleaseDetail) ([]Requirement, error) {
	var list []Requirement
	names := []string{}
	for _, needed := range needsOfRelease(release) {
		if last := len(list) - 1; last >= 0 && list[last].Type == needed.Type && list[last].Name == needed.Name {
			list[last].Needs = append(list[last].Needs, needed)
			continue
		}
		list = append(list, Requirement{Type: needed.Type, Name: needed.Name, Needs: []model.Dependency{needed}})
		names = append(names, needed.Name)
	}
	if len(list) == 0 {
		return nil, nil
	}
	here, _, err := r.list(ctx, actor, store.PackageQuery{AccountID: d.AccountID, Named: names})
	for i := range list {
		list[i].Here = packageNeeded(here, list[i])
	}
	return list, err
}

// packageNeeded finds the package that a requirement means.
func packageNeeded(packages []model.Package, needed Requirement) *model.Package {
	for i, p := range packages {
		if p.HasType(needed.Type) && p.NeededAs(needed.Type) == needed.Name {
			return &packages[i]
		}
	}
	return nil
}

// Dependent is a package whose newest files need another one.
type Dependent struct {
	model.Package
	// Needs says which versions of the other one will do.
	Needs []model.Dependency
}

// Dependents lists the packages of the same channel that need a package, as actor
// sees them, by name. total counts them without limit and offset; a limit of 0 lists
// all.
func (r *Registry) Dependents(ctx context.Context, actor model.Actor, owner, name string, limit, offset int) (list []Dependent, total int, err error) {
	d, err := r.findPackage(ctx, r.Store, actor, owner, name, model.Read)
	if err != nil {
		return nil, 0, err
	}
	packages, total, err := r.list(ctx, actor, store.PackageQuery{AccountID: d.AccountID, Needing: &d.Package, Limit: limit, Offset: offset})
	if err != nil {
		return nil, 0, err
	}
	ids := make([]int64, len(packages))
	for i, p := range packages {
		ids[i] = p.ID
	}
	needs, err := r.Store.DependenciesOn(ctx, d.Package, ids)
	by := map[int64][]model.Dependency{}
	for _, n := range needs {
		by[n.PackageID] = append(by[n.PackageID], n)
	}
	for _, p := range packages {
		list = append(list, Dependent{Package: p, Needs: by[p.ID]})
	}
	return list, total, err
}
