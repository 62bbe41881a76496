package views

import "strings"

// DependenciesProps is what a version of a package needs, and what needs the
// package.
type DependenciesProps struct {
	PackageHead
	// Sets are by the kind of files that need it.
	Sets       []NeedSet
	Dependents DependentsProps
}

// NeedSet is what files of one kind need.
type NeedSet struct {
	Files string // conda files
	Rows  []NeedRow
}

// NeedRow is a package at the other end of a dependency.
type NeedRow struct {
	Name string
	// URL and Newest are of the package in the same channel; empty when it has none
	// that the viewer sees.
	URL, Newest string
	Ranges      []NeedRange
}

// NeedRange says which versions will do, on which platforms; empty: any, all.
type NeedRange struct {
	Accepts   string
	Platforms []string
}

// DependentsProps is one page of the packages that need another.
type DependentsProps struct {
	Owner, Name string
	Rows        []NeedRow
	Pager       Pager
}

// Text is the sentence that counts them.
func (p DependentsProps) Text() string {
	return plural(p.Pager.Total, "package", "packages") + " of " + p.Owner + " that you can see"
}

// system reports whether a name of conda's stands for what the machine itself has.
func (n NeedRow) system() bool { return strings.HasPrefix(n.Name, "__") }

func (r NeedRange) accepts() string {
	if r.Accepts == "" {
		return "any"
	}
	return r.Accepts
}

func (r NeedRange) platforms() string {
	if len(r.Platforms) == 0 {
		return "all"
	}
	return strings.Join(r.Platforms, ", ")
}

// needsNothing says so of the version that a page is about.
func needsNothing(h PackageHead) Empty {
	if h.Version == "" {
		return Empty{Main: true, Icon: "package", Heading: "No version yet", Text: "What the first one needs will be listed here."}
	}
	return Empty{Main: true, Icon: "package", Heading: h.Package.Name + " " + h.Version + " needs nothing", Text: "Its files name no other package."}
}
