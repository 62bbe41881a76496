package model

// Dependency says that the newest files of a package need another one.
type Dependency struct {
	// Type of the files, and so of what they need.
	Type PackageType `bun:"type,pk"`
	// Name of what is needed, as it is looked up: in lower case, for Python in PEP
	// 503 form.
	Name      string `bun:"name,pk"`
	PackageID int64  `bun:"package_id,pk"`
	// Accepts says which versions and builds will do, as the files write it; empty:
	// any.
	Accepts string `bun:"accepts,pk"`
	// Platforms are the subdirs whose files say so; none: all.
	Platforms []string `bun:"platforms,type:json"`
}

// NeededAs is the name by which files of type t that need the package call it.
func (p Package) NeededAs(t PackageType) string {
	if t == PyPI {
		return p.NormalizedName
	}
	return p.LookupName
}
