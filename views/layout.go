package views

import (
	"time"

	"vivarium/app/model"
)

// LayoutProps is what every page shows around its own content.
type LayoutProps struct {
	// Title is the page's own part of the document's title, in the form
	// "name version, owner".
	Title string
	// Failed puts "Error:" in front of the title: a form came back.
	Failed bool
	// Home makes room for the signed-out home page's hero.
	Home bool
	// Theme is the visitor's choice: light, dark or empty for the system's.
	Theme string
	// Path is the address of this page, to mark it in menus.
	Path string
	// Here is the address with its query, to come back to.
	Here string
	// Query stands in the search box.
	Query string
	// Now is the moment of drawing, for times such as "3 days ago".
	Now time.Time
	// Viewer is who is signed in, or nil.
	Viewer *Viewer
	// Toasts are messages of the request before this one.
	Toasts []string
	// Version of the program, for the footer.
	Version string
}

// Viewer is the signed-in person and the accounts they may act as.
type Viewer struct {
	Login    string    // the person's own
	Active   Account   // acted as now
	Accounts []Account // that may be switched to, the active one among them
	Admin    bool      // the person administers the site
}

// Account is a name with the picture that goes with it.
type Account struct {
	Login        string
	Organization bool
	Role         string // such as Owner; empty for the person's own account
	// Photo is the digest of the account's picture, empty when it is drawn, or
	// when it is not known.
	Photo string
	// Drawn says that the account has no picture but the one that is drawn from its
	// login, which then stands in the page itself.
	Drawn bool
}

// AccountOf returns what views draw of a model account.
func AccountOf(a model.Account) Account {
	return Account{Login: a.Login, Organization: a.IsOrganization(), Photo: a.Photo}
}

// DocumentTitle returns the text of the title element.
func (p LayoutProps) DocumentTitle() string {
	title := p.Title + " · Vivarium"
	if p.Failed {
		return "Error: " + title
	}
	return title
}

func (p LayoutProps) mainClass() string {
	if p.Home {
		return "home"
	}
	return ""
}

// tool is one entry of the Tools menu.
type tool struct {
	name, icon string
	url        string
	separated  bool // a line is drawn above it
}

// tools lists the Tools menu of the active account, in its fixed order.
func tools(login string) []tool {
	return []tool{
		{"Landscape", "landscape", LandscapeURL(), false},
		{"View All", "all", AccountURL(login), false},
		{"Packages", "package", PackagesURL(login), true},
		{"Notebooks", "notebook", NotebooksURL(login), false},
		{"Environments", "env", EnvironmentsURL(login), false},
		{"Favorites", "star", FavoritesURL(), true},
		{"Organizations", "org", OrganizationsURL(), false},
		{"Group Membership", "users", GroupsURL(), false},
		{"Labels", "tag", LabelsURL(login), false},
	}
}

// hasAccountCard reports whether the page has the tabs Sign Up and Sign In; the
// top bar needs no such link then.
func (p LayoutProps) hasAccountCard() bool {
	return p.Home || p.Path == SignUpURL() || p.Path == SignInURL("")
}
