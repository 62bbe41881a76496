package registry

import (
	"context"
	"slices"

	"vivarium/app/model"
	"vivarium/app/store"
)

// PackageDetail is a package with all that its page and the API show.
type PackageDetail struct {
	model.Package
	Account    model.Account
	Releases   []ReleaseDetail  // ascending by version
	Permission model.Permission // what the actor may do to it
}

// ReleaseDetail is a release with its files, the newest last.
type ReleaseDetail struct {
	model.Release
	Files []model.File
}

// Package returns a package; NotFound when it does not exist or actor may not
// see it, in the same words.
func (r *Registry) Package(ctx context.Context, actor model.Actor, owner, name string) (PackageDetail, error) {
	// Refused by what is remembered: to read a row and hide it takes longer than to
	// find none.
	if _, err := r.findPackage(ctx, r.Store, actor, owner, name, model.Read); err != nil {
		return PackageDetail{}, err
	}
	var d PackageDetail
	err := r.Store.InReadTx(ctx, func(tx *store.Store) (err error) {
		if d, err = r.packageDetail(ctx, tx, actor, owner, name, model.Read); err != nil {
			return err
		}
		return d.markStarred(ctx, tx, actor)
	})
	return d, err
}

// findPackage returns a package and its account if actor may do want to it.
func (r *Registry) findPackage(ctx context.Context, tx *store.Store, actor model.Actor, owner, name string, want model.Permission) (PackageDetail, error) {
	a, err := r.account(ctx, tx, actor, owner)
	if err != nil {
		return PackageDetail{}, err
	}
	return r.findPackageIn(ctx, tx, actor, a, name, want)
}

// findPackageIn is findPackage when the account is known.
func (r *Registry) findPackageIn(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, name string, want model.Permission) (PackageDetail, error) {
	absent := model.Errorf(model.NotFound, "Package \"%s/%s\" does not exist.", a.Login, shorten(name))
	p, err := lookUp(ctx, tx, a, name)
	if model.CodeOf(err) == model.NotFound {
		return PackageDetail{}, r.missing(ctx, tx, actor, a, absent)
	}
	if err != nil {
		return PackageDetail{}, err
	}
	have, err := r.requirePackage(ctx, tx, actor, a, p, want, absent)
	if model.CodeOf(err) == model.NotFound { // as lookUp does for what is absent
		_, _ = tx.PythonProject(ctx, a.ID, model.NormalizePyPI(name))
	}
	return PackageDetail{Package: p, Account: a, Permission: have}, err
}

// lookUp returns the account's package of that name. A project with Python files
// is found under every spelling of its name (PEP 503).
func lookUp(ctx context.Context, tx *store.Store, a model.Account, name string) (model.Package, error) {
	p, err := tx.Package(ctx, a.ID, model.FoldName(name))
	if model.CodeOf(err) != model.NotFound {
		return p, err
	}
	other, otherErr := tx.PythonProject(ctx, a.ID, model.NormalizePyPI(name))
	if otherErr == nil && other.HasType(model.PyPI) {
		return other, nil
	}
	if otherErr != nil && model.CodeOf(otherErr) != model.NotFound {
		return p, otherErr
	}
	return p, err
}

func (r *Registry) packageDetail(ctx context.Context, tx *store.Store, actor model.Actor, owner, name string, want model.Permission) (PackageDetail, error) {
	d, err := r.findPackage(ctx, tx, actor, owner, name, want)
	if err != nil {
		return d, err
	}
	releases, err := tx.Releases(ctx, d.ID)
	if err != nil {
		return d, err
	}
	files, err := tx.Files(ctx, d.ID)
	if err != nil {
		return d, err
	}
	d.join(releases, files)
	return d, nil
}

// join puts files into their releases, in version order, and fills what lists
// show of the package.
func (d *PackageDetail) join(releases []model.Release, files []model.File) {
	byRelease := map[int64][]model.File{}
	for _, f := range files {
		byRelease[f.ReleaseID] = append(byRelease[f.ReleaseID], f)
		d.note(f)
	}
	order := orderOf(d.Types)
	slices.SortFunc(releases, func(a, b model.Release) int { return order.compare(a.Version, b.Version) })
	d.Versions, d.YankedVersions = nil, nil
	for _, rel := range releases {
		d.Releases = append(d.Releases, ReleaseDetail{rel, byRelease[rel.ID]})
		if len(byRelease[rel.ID]) == 0 {
			continue
		}
		d.Versions = append(d.Versions, rel.Version)
		if !slices.ContainsFunc(byRelease[rel.ID], func(f model.File) bool { return !f.Yanked() }) {
			d.YankedVersions = append(d.YankedVersions, rel.Version)
		}
	}
	d.LatestVersion = order.latest(d.Versions, d.YankedVersions)
	slices.Sort(d.Platforms)
	slices.Sort(d.Labels)
}

func (d *PackageDetail) note(f model.File) {
	if f.Subdir != "" && !slices.Contains(d.Platforms, f.Subdir) {
		d.Platforms = append(d.Platforms, f.Subdir)
	}
	for _, l := range f.Labels {
		if !slices.Contains(d.Labels, l) {
			d.Labels = append(d.Labels, l)
		}
	}
}

// Files returns all files of the package, by release.
func (d PackageDetail) Files() []model.File {
	var all []model.File
	for _, rel := range d.Releases {
		all = append(all, rel.Files...)
	}
	return all
}
