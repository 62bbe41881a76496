package registry

import (
	"context"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/store"
)

// describe brings what the package says of itself up to date with a file that has
// just been added: the newest version says it, but for what somebody wrote by hand.
// An older one only fills what is empty.
func (r *Registry) describe(ctx context.Context, tx *store.Store, p model.Package, a *archive) error {
	newest, first, err := r.rank(ctx, tx, p, a.file)
	if err != nil {
		return err
	}
	kept := first && keepGiven(&p, &a.about)
	c := a.about
	for _, f := range c.texts(&p) {
		if v := *f.value; v != nil && (*v == "" || len(*v) > maxText || slices.Contains(p.Edited, f.column) || *f.field != "" && !newest) {
			*f.value = nil
		}
	}
	c.Types = []model.PackageType{a.file.Type}
	columns, err := c.apply(&p)
	if err != nil {
		return err
	}
	if kept {
		columns = append(columns, "edited")
	}
	p.ModifiedAt = r.Clock.Now()
	return tx.UpdatePackage(ctx, &p, columns...)
}

// rank says whether a file is of the package's newest version, and whether it is the
// package's first.
func (r *Registry) rank(ctx context.Context, tx *store.Store, p model.Package, f model.File) (newest, first bool, err error) {
	versions, err := tx.Versions(ctx, p.ID)
	if err != nil {
		return false, false, err
	}
	files, err := tx.CountFiles(ctx, p.ID)
	p.Versions = versions
	orderVersions(&p)
	return p.LatestVersion == f.Version, files == 1, err
}

// keepGiven takes what was said of a package when it was made, and what its first
// file says otherwise, for written by hand: as by "anaconda package --create".
func keepGiven(p *model.Package, about *PackageChange) (changed bool) {
	for _, f := range about.texts(p) {
		given := f.column == "summary" || f.column == "license" || f.column == "license_url"
		said := *f.value
		if given && *f.field != "" && said != nil && *said != "" && strings.TrimSpace(*said) != strings.TrimSpace(*f.field) {
			changed = pin(p, f.column, true) || changed
		}
	}
	return changed
}
