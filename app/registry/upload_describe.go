package registry

import (
	"slices"
	"strings"

	"vivarium/app/model"
)

// describe brings what the package says of itself up to date with files that are
// added: the newest version says it, but for what somebody wrote by hand. An older
// one only fills what is empty. It returns the columns that changed; versions are
// those of the files that the package had before.
func describe(p *model.Package, versions []string, added []*archive) ([]string, error) {
	types := p.Types
	if len(types) == 0 {
		types = []model.PackageType{added[0].file.Type}
	}
	order := orderOf(types)
	newest := order.latest(versions, nil)
	var changed []string
	for i, a := range added {
		first, v := len(versions) == 0 && i == 0, a.file.Version
		if first || order.compareOffers(offer{version: v}, offer{version: newest}) > 0 {
			newest = v
		}
		columns, err := describeBy(p, a, order.compare(newest, v) == 0, first)
		if err != nil {
			return nil, err
		}
		changed = append(changed, columns...)
	}
	slices.Sort(changed)
	return slices.Compact(changed), nil
}

// describeBy is describe for one file, which is of the newest version or not, and
// the package's first or not.
func describeBy(p *model.Package, a *archive, newest, first bool) ([]string, error) {
	kept := first && keepGiven(p, &a.about)
	c := a.about
	for _, f := range c.texts(p) {
		if v := *f.value; v != nil && (*v == "" || len(*v) > maxText || slices.Contains(p.Edited, f.column) || *f.field != "" && !newest) {
			*f.value = nil
		}
	}
	c.Types = []model.PackageType{a.file.Type}
	columns, err := c.apply(p)
	if kept {
		columns = append(columns, "edited")
	}
	return columns, err
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
