package views

import "time"

// VersionsProps is the page of all versions of a package.
type VersionsProps struct {
	PackageHead
	Rows []VersionRow
	Now  time.Time
}
