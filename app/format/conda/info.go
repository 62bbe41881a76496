package conda

import "encoding/json"

// Info is what the info section of a conda package says.
type Info struct {
	Type                 ArchiveType
	Name, Version, Build string
	BuildNumber          int64
	Subdir               string
	Depends, Constrains  []string
	License              string
	LicenseFamily        string
	// Timestamp is when the package was built, in milliseconds; 0 when unknown.
	Timestamp int64
	// Index is info/index.json as it stands in the archive.
	Index json.RawMessage
	// RunExports is the canonical info/run_exports.json in the form of CEP 12,
	// where a bare list was weak; nil when the archive has none.
	RunExports json.RawMessage
	About      About
	// Traits are what the package does to an environment, sorted. A package that is
	// so old that it has no paths.json has none.
	Traits []string
}

// FileName returns the name that the package's file must have, without subdir.
func (i *Info) FileName() string {
	return i.Name + "-" + i.Version + "-" + i.Build + string(i.Type)
}
