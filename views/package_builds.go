package views

import "vivarium/app/model"

// BuildMatrix says for which platforms, and for which Pythons, a version was
// built.
type BuildMatrix struct {
	Columns []string
	Rows    []BuildRow
}

// BuildRow is one platform; it has a cell per column.
type BuildRow struct {
	Platform string
	Built    []bool
	Type     model.PackageType
}
