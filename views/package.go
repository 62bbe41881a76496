package views

import (
	"strings"
	"time"

	"vivarium/app/model"
)

// PackageHead is what stands above every page of a package.
type PackageHead struct {
	Package model.Package
	Account model.Account
	// Version that the page is about; empty for a package without releases.
	Version string
	// Latest says that Version is the newest one.
	Latest          bool
	Versions, Files int
	// OnLabels counts the labels that its files carry.
	OnLabels int
	// Manages says that the viewer administers the package, Writes that they may
	// change what is in it.
	Manages, Writes bool
	// Path of the page, to mark its tab.
	Path string
}

// PackageProps is a package's page as of one version.
type PackageProps struct {
	PackageHead
	Install Install
	Builds  BuildMatrix
	Recent  []VersionRow
	Labels  []string
	// Announce is what its makers announce with the version, Notes what they say of
	// it alone.
	Announce, Notes string
	// Readme is the description where it is markup, or empty.
	Readme   model.HTML
	Uploader string
	Uploaded time.Time
	// Sizes of the version's files: the largest, and all versions together.
	BuildSize, TotalSize int64
	Now                  time.Time
}

// VersionRow is one release in a list of versions.
type VersionRow struct {
	Version string
	Labels  []string
	Files   int
	Size    int64
	Latest  bool
	Early   bool // a pre-release of what comes after Latest
	// Yanked says that all files of it are, with the reason given.
	Yanked     bool
	YankReason string
	// Announce is what its makers announce with it.
	Announce   string
	UploadedAt time.Time
}

// Tabs are the pages of the package.
func (h PackageHead) Tabs() []NavItem {
	owner, name := h.Package.Owner, h.Package.Name
	items := []NavItem{
		{Name: "Overview", URL: PackageURL(owner, name)},
		{Name: "Versions", URL: PackageVersionsURL(owner, name), Count: h.Versions},
		{Name: "Files", URL: PackageFilesURL(owner, name), Count: h.Files},
	}
	if h.needs() {
		items = append(items, NavItem{Name: "Dependencies", URL: PackageDependenciesURL(owner, name)}, NavItem{Name: "Dependents", URL: PackageDependentsURL(owner, name)})
	}
	items = append(items, NavItem{Name: "Labels", URL: PackageLabelsURL(owner, name), Count: h.OnLabels})
	if h.Manages {
		items = append(items, NavItem{Name: "Settings", URL: PackageSettingsURL(owner, name)})
	}
	for i := range items {
		items[i].Current = isCurrent(items[i].URL, h.Path)
	}
	return items
}

// needs reports whether the package is of a kind that others need, and that needs
// others.
func (h PackageHead) needs() bool {
	return h.Package.HasType(model.Conda) || h.Package.HasType(model.PyPI) || h.Package.HasType(model.RPackage)
}

// older reports whether the page is about another version than the newest.
func (h PackageHead) older() bool {
	return !h.Latest && h.Version != "" && h.Package.LatestVersion != ""
}

// link is an address that the package gives about itself.
type link struct{ name, icon, address string }

func links(p model.Package) []link {
	var given []link
	for _, l := range []link{
		{"Home page", "globe", p.Home},
		{"Manual", "book", p.DocURL},
		{"Source code", "code", p.SourceURL},
		{"Development", "code", p.DevURL},
	} {
		if l.address != "" {
			given = append(given, l)
		}
	}
	return given
}

// paragraphs divides plain text at its blank lines.
func paragraphs(text string) []string {
	var all []string
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}
