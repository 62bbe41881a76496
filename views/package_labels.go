package views

import "time"

// PackageLabelsProps says which files of a package are on which label.
type PackageLabelsProps struct {
	PackageHead
	Base       string
	NeedsToken bool
	// Conda and Python say of which kind the package has files.
	Conda, Python bool
	Rows          []PackageLabel
	// Unlabelled counts the files that carry no label.
	Unlabelled int
	Now        time.Time
}

// PackageLabel is a label with what of a package is on it.
type PackageLabel struct {
	Name string
	// Newest is the newest version on it.
	Newest          string
	Versions, Files int
	UploadedAt      time.Time
}

// NoLabel stands in an address for files without a label: no label may be called
// so.
const NoLabel = "nolabel"

// address is where installers find the package under a label.
func (p PackageLabelsProps) address(label string) string {
	if p.Conda {
		return channelAddress(p.Base, p.Package.Owner, label, p.NeedsToken)
	}
	return PythonIndexURL(tokenBase(p.Base, p.NeedsToken), p.Package.Owner, label)
}
