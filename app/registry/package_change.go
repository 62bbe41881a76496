package registry

import (
	"errors"
	"slices"

	"vivarium/app/model"
)

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
	// Thumbnail is a small picture; an empty one takes it away.
	Thumbnail *[]byte
	// ByHand says that somebody wrote this: files do not change it any more, but for
	// what is set to nothing.
	ByHand bool
}

// maxText bounds a package's descriptive fields, in bytes.
const maxText = 256 << 10

// apply changes p and returns the columns that changed.
func (c PackageChange) apply(p *model.Package) ([]string, error) {
	columns, pinned := []string{"modified_at"}, false
	var problems []error
	for _, f := range c.texts(p) {
		set, err := f.set(c.ByHand)
		problems = append(problems, err)
		if !set {
			continue
		}
		columns = append(columns, f.column)
		pinned = c.ByHand && pin(p, f.column, *f.field != "") || pinned
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	if pinned {
		columns = append(columns, "edited")
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
