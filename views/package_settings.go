package views

import (
	"cmp"

	"vivarium/app/model"
)

// PackageSettingsProps is a package's settings page.
type PackageSettingsProps struct {
	PackageHead
	Access PackageAccessForm
	People CollaboratorsForm
	Groups PackageGroupsForm
	Facts  PackageFactsForm
	Status PackageStatusForm
	// Transfer is for who may make packages elsewhere.
	Transfer PackageTransferForm
	Delete   PackageDeleteForm
}

// PackageAccessForm chooses who may see a package.
type PackageAccessForm struct {
	Owner, Name string
	Access      model.Access
	Saved       bool
	Problem     string
}

// PackageFactsForm says in one line what a package is, and where more stands.
type PackageFactsForm struct {
	Owner, Name                   string
	Summary, Home, Manual, Source string
	Saved                         bool
	// Problems are by field: summary, home, doc_url, source_url.
	Problems map[string]string
}

func (f PackageFactsForm) problem() string {
	return cmp.Or(f.Problems["summary"], f.Problems["source_url"], f.Problems["doc_url"], f.Problems["home"])
}

// PackageDeleteForm asks for the name before a package is removed.
type PackageDeleteForm struct {
	Owner, Name     string
	Versions, Files int
	// Dependents counts the packages of the channel that need it, and Lately its
	// downloads in the last 30 days.
	Dependents int
	Lately     int64
	Problem    string
}

// The values of do, which tells the forms of the settings page apart.
const (
	DoAccess = "access"
	DoFacts  = "facts"
	DoDelete = "delete"
)

// nav is the menu beside the panels.
func (p PackageSettingsProps) nav() []NavItem {
	items := []NavItem{
		{Name: "Access", Icon: "globe", URL: "#access"},
		{Name: "Collaborators", Icon: "user", URL: "#people", Count: len(p.People.People)},
	}
	if p.Groups.Organization {
		items = append(items, NavItem{Name: "Groups", Icon: "users", URL: "#groups", Count: len(p.Groups.Groups)})
	}
	return append(items,
		NavItem{Name: "Summary and links", Icon: "pencil", URL: "#facts"},
		NavItem{Name: "Project status", Icon: "info", URL: "#status"},
		NavItem{Name: "Transfer", Icon: "arrow-right", URL: "#transfer"},
		NavItem{Name: "Delete", Icon: "trash", URL: "#delete"})
}

// accessNote says what follows from an access level.
func accessNote(a model.Access, owner string) string {
	switch a {
	case model.Public:
		return "Anyone sees and installs it."
	case model.Authenticated:
		return "Who is signed in, or sends a valid token, sees and installs it."
	}
	return "Only " + owner + ", its collaborators and groups see it, and installs need a token."
}

func accessHint(a model.Access, owner string) string {
	if a == model.Private {
		return "Collaborators, groups and tokens of " + owner
	}
	return accessLooks[a].Who
}

var accessChoices = []model.Access{model.Public, model.Authenticated, model.Private}
