package registry

import (
	"context"
	"fmt"
	"slices"

	"vivarium/app/format/conda"
	"vivarium/app/format/pypi"
	"vivarium/app/model"
	"vivarium/app/store"
)

// PackageFilter selects packages for a list.
type PackageFilter struct {
	Owner    string            // login; empty: every account
	Type     model.PackageType // empty: any
	Access   model.Access      // empty: any that the actor may see
	Platform string            // subdir; empty: any
	Query    string            // words in name and summary
	Limit    int               // 0: all
	Offset   int
	Newest   bool // newest first; otherwise by name
	// Published leaves out packages that have no file yet.
	Published bool
}

// Packages lists the packages that actor may see; total counts them without
// Limit and Offset.
func (r *Registry) Packages(ctx context.Context, actor model.Actor, f PackageFilter) (list []model.Package, total int, err error) {
	q := store.PackageQuery{
		Type: f.Type, Access: f.Access, Subdir: f.Platform, Words: f.Query, Newest: f.Newest, Limit: f.Limit, Offset: f.Offset, WithFiles: f.Published,
	}
	if f.Owner != "" {
		a, err := r.account(ctx, r.Store, actor, f.Owner)
		if err != nil {
			return nil, 0, err
		}
		q.AccountID = a.ID
	}
	if q.Sight, err = r.sight(ctx, r.Store, actor); err != nil {
		return nil, 0, err
	}
	list, total, err = r.Store.Packages(ctx, q)
	for i := range list {
		orderVersions(&list[i])
	}
	return list, total, err
}

// orderVersions sorts p's versions and picks the newest stable one.
func orderVersions(p *model.Package) {
	compare, prerelease := versionRules(*p)
	slices.SortFunc(p.Versions, compare)
	p.LatestVersion = latest(p.Versions, prerelease)
}

// versionRules is how a package's versions are ordered and which are
// prereleases: PEP 440 for what holds Python files alone, conda's rules
// otherwise.
func versionRules(p model.Package) (compare func(a, b string) int, prerelease func(string) bool) {
	if !p.HasType(model.PyPI) || p.HasType(model.Conda) {
		return conda.CompareVersions, conda.Prerelease
	}
	return pypi.CompareVersions, func(s string) bool {
		v, err := pypi.ParseVersion(s)
		return err != nil || v.IsPrerelease()
	}
}

// latest returns the last of versions, ascending, that is no prerelease, or the
// last at all.
func latest(versions []string, prerelease func(string) bool) string {
	for _, v := range slices.Backward(versions) {
		if !prerelease(v) {
			return v
		}
	}
	if len(versions) == 0 {
		return ""
	}
	return versions[len(versions)-1]
}

// SiteCounts counts what anyone sees on the site.
type SiteCounts struct{ Packages, Files, Notebooks, Environments int }

// SiteCounts counts what anyone sees; nothing when nothing is public.
func (r *Registry) SiteCounts(ctx context.Context) (SiteCounts, error) {
	if !r.Anonymous {
		return SiteCounts{}, nil
	}
	var c SiteCounts
	var err error
	c.Packages, c.Files, c.Notebooks, c.Environments, err = r.Store.SiteCounts(ctx, store.Sight{})
	return c, err
}

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
	var d PackageDetail
	err := r.Store.InReadTx(ctx, func(tx *store.Store) (err error) {
		d, err = r.packageDetail(ctx, tx, actor, owner, name, model.Read)
		return err
	})
	return d, err
}

// findPackage returns a package and its account if actor may do want to it.
func (r *Registry) findPackage(ctx context.Context, tx *store.Store, actor model.Actor, owner, name string, want model.Permission) (PackageDetail, error) {
	a, err := r.account(ctx, tx, actor, owner)
	if err != nil {
		return PackageDetail{}, err
	}
	absent := model.Errorf(model.NotFound, "Package \"%s/%s\" does not exist.", a.Login, shorten(name))
	p, err := lookUp(ctx, tx, a, name)
	if model.CodeOf(err) == model.NotFound {
		return PackageDetail{}, absent
	}
	if err != nil {
		return PackageDetail{}, err
	}
	have, err := r.requirePackage(ctx, tx, actor, a, p, want, absent)
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
	compare, prerelease := versionRules(d.Package)
	slices.SortFunc(releases, func(a, b model.Release) int { return compare(a.Version, b.Version) })
	d.Versions = nil
	for _, rel := range releases {
		d.Releases = append(d.Releases, ReleaseDetail{rel, byRelease[rel.ID]})
		if len(byRelease[rel.ID]) > 0 {
			d.Versions = append(d.Versions, rel.Version)
		}
	}
	d.LatestVersion = latest(d.Versions, prerelease)
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

// PackageChange says what of a package changes; nil stays.
type PackageChange struct {
	Access        *model.Access
	Types         []model.PackageType
	Summary       *string
	Description   *string
	License       *string
	LicenseURL    *string
	LicenseFamily *string
	Home          *string
	DevURL        *string
	DocURL        *string
	SourceURL     *string
}

// maxText bounds a package's descriptive fields, in bytes.
const maxText = 256 << 10

// apply changes p and returns the columns that changed.
func (c PackageChange) apply(p *model.Package) ([]string, error) {
	columns := []string{"modified_at"}
	set := func(column string, field *string, value *string, link bool) error {
		switch {
		case value == nil:
			return nil
		case len(*value) > maxText:
			return model.FieldErrorf(column, "Use at most %d bytes.", maxText)
		case link && *value != "" && !webURL(*value):
			return nil // a link that no page would show is not worth a refusal
		}
		*field = *value
		columns = append(columns, column)
		return nil
	}
	for _, f := range []struct {
		column string
		field  *string
		value  *string
		link   bool
	}{
		{"summary", &p.Summary, c.Summary, false}, {"description", &p.Description, c.Description, false},
		{"license", &p.License, c.License, false}, {"license_family", &p.LicenseFamily, c.LicenseFamily, false},
		{"license_url", &p.LicenseURL, c.LicenseURL, true}, {"home", &p.Home, c.Home, true}, {"dev_url", &p.DevURL, c.DevURL, true},
		{"doc_url", &p.DocURL, c.DocURL, true}, {"source_url", &p.SourceURL, c.SourceURL, true},
	} {
		if err := set(f.column, f.field, f.value, f.link); err != nil {
			return nil, err
		}
	}
	if c.Access != nil {
		p.Access = *c.Access
		columns = append(columns, "access")
	}
	if len(c.Types) > 0 {
		if err := addTypes(p, c.Types); err != nil {
			return nil, err
		}
		columns = append(columns, "types")
	}
	return columns, nil
}

// addTypes adds package types to p. Conda and PyPI may share a package, the
// others may not mix.
func addTypes(p *model.Package, types []model.PackageType) error {
	for _, t := range types {
		if !p.HasType(t) {
			p.Types = append(p.Types, t)
		}
	}
	if len(p.Types) < 2 {
		return nil
	}
	for _, t := range p.Types {
		if t != model.Conda && t != model.PyPI {
			return model.Errorf(model.Conflict, "Package %s holds %s files; only conda and pypi files may share a package. Choose another name.", p.Name, p.Types[0])
		}
	}
	slices.Sort(p.Types)
	return nil
}

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

// insertPackage inserts a package for an actor that may.
func (r *Registry) insertPackage(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, name string, in PackageChange) (model.Package, error) {
	if err := model.CheckPackageName(name); err != nil {
		return model.Package{}, err
	}
	now := r.Clock.Now()
	p := model.Package{
		AccountID: a.ID, Owner: a.Login, Name: name, LookupName: model.FoldName(name), NormalizedName: model.NormalizePyPI(name),
		Access: a.DefaultAccess, CreatedAt: now, ModifiedAt: now,
	}
	if p.Access == "" {
		p.Access = r.DefaultAccess
	}
	if _, err := in.apply(&p); err != nil {
		return p, err
	}
	if p.HasType(model.PyPI) {
		if err := oneProject(ctx, tx, p, model.PyPI); err != nil {
			return p, err
		}
	}
	if err := tx.InsertPackage(ctx, &p); err != nil {
		return p, err
	}
	return p, r.audit(ctx, tx, actor, a.Login, "package.create", p.FullName(), string(p.Access))
}

// UpdatePackage changes a package. Its access takes Admin, the rest Write.
func (r *Registry) UpdatePackage(ctx context.Context, actor model.Actor, owner, name string, in PackageChange) (PackageDetail, error) {
	var d PackageDetail
	var changes []model.IndexChange
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		want := model.Write
		if in.Access != nil {
			want = model.Admin
		}
		if d, err = r.packageDetail(ctx, tx, actor, owner, name, want); err != nil {
			return err
		}
		before := d.Access
		columns, err := in.apply(&d.Package)
		if err != nil {
			return err
		}
		d.ModifiedAt = r.Clock.Now()
		if err := tx.UpdatePackage(ctx, &d.Package, columns...); err != nil {
			return err
		}
		detail := ""
		if before != d.Access {
			detail = fmt.Sprintf("access %s to %s", before, d.Access)
			if changes, err = r.indexChange(ctx, tx, d.AccountID, "", d.LookupName); err != nil {
				return err
			}
		}
		return r.audit(ctx, tx, actor, d.Owner, "package.update", d.FullName(), detail)
	})
	if err != nil {
		return PackageDetail{}, err
	}
	r.Index.Apply(d.AccountID, changes)
	r.done(ctx, "package changed", actor, "package", d.FullName())
	return d, nil
}

// indexChange writes a line of the channel's change log into the transaction and
// returns it for the index of this process.
func (r *Registry) indexChange(ctx context.Context, tx *store.Store, accountID int64, subdir, pkg string) ([]model.IndexChange, error) {
	changes := []model.IndexChange{{AccountID: accountID, Subdir: subdir, Package: pkg, At: r.Clock.Now()}}
	_, err := tx.AppendChanges(ctx, accountID, changes[0].At, changes)
	return changes, err
}

// DeletePackage removes a package with all its releases and files.
func (r *Registry) DeletePackage(ctx context.Context, actor model.Actor, owner, name string) error {
	var d PackageDetail
	var changes []model.IndexChange
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
		if err := tx.DeletePackage(ctx, d.ID); err != nil {
			return err
		}
		if changes, err = r.indexChange(ctx, tx, d.AccountID, "", d.LookupName); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, d.Owner, "package.delete", d.FullName(), fmt.Sprintf("%d files", len(d.Files())))
	})
	if err != nil {
		return err
	}
	r.Index.Apply(d.AccountID, changes)
	r.done(ctx, "package deleted", actor, "package", d.FullName())
	return nil
}
