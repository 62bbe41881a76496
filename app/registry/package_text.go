package registry

import (
	"slices"
	"unicode/utf8"

	"vivarium/app/model"
)

// maxLine bounds what lists of packages say of each, in characters; a page of them
// must stay one that can be sent.
const maxLine = 4 << 10

// packageText is one descriptive field of a package and what a change makes of it.
type packageText struct {
	column string
	field  *string
	value  **string
	link   bool
}

// texts lists the descriptive fields of p with what c makes of them.
func (c *PackageChange) texts(p *model.Package) []packageText {
	return []packageText{
		{"summary", &p.Summary, &c.Summary, false}, {"description", &p.Description, &c.Description, false},
		{"license", &p.License, &c.License, false}, {"license_family", &p.LicenseFamily, &c.LicenseFamily, false},
		{"license_url", &p.LicenseURL, &c.LicenseURL, true}, {"home", &p.Home, &c.Home, true}, {"dev_url", &p.DevURL, &c.DevURL, true},
		{"doc_url", &p.DocURL, &c.DocURL, true}, {"source_url", &p.SourceURL, &c.SourceURL, true},
	}
}

// set writes the field and reports whether there was anything to write. A link that
// no page would show is refused to who wrote it by hand; what is only found in a file
// is not worth a refusal.
func (f packageText) set(byHand bool) (bool, error) {
	value := *f.value
	if value == nil {
		return false, nil
	}
	long := f.column != "description" && utf8.RuneCountInString(*value) > maxLine
	switch {
	case len(*value) > maxText:
		return false, model.FieldErrorf(f.column, "Use at most %d bytes.", maxText)
	case long && byHand:
		return false, model.FieldErrorf(f.column, "Use at most %d characters.", maxLine)
	case f.link && *value != "" && !webURL(*value) && byHand:
		return false, model.FieldErrorf(f.column, "%s is an address that begins with https:// or http://, not %q.", f.column, shorten(*value))
	case f.link && *value != "" && (long || !webURL(*value)):
		return false, nil
	case long:
		*f.field = cut(*value, maxLine)
		return true, nil
	}
	*f.field = *value
	return true, nil
}

// pin notes that a column was written by hand, or no longer is, and reports whether
// that is new.
func pin(p *model.Package, column string, pinned bool) bool {
	i := slices.Index(p.Edited, column)
	switch {
	case pinned && i < 0:
		p.Edited = append(p.Edited, column)
	case !pinned && i >= 0:
		p.Edited = slices.Delete(p.Edited, i, i+1)
	default:
		return false
	}
	return true
}
