package registry

import (
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
