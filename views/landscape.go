package views

import "vivarium/app/model"

// LandscapeProps is the dashboard of the active account.
type LandscapeProps struct {
	Layout LayoutProps
	Base   string
	Login  string
	// Personal says that the account is the person's own.
	Personal                          bool
	Packages, Notebooks, Environments Shelf
	// Favorites are what the person starred, the last first, and Activity the
	// newest files of what they follow.
	Favorites Shelf
	Activity  []model.File
	News      NewsProps
	// Ending are the account's tokens that end soon.
	Ending []model.Token
}

// NewsProps is what the person is told until they dismiss it.
type NewsProps struct {
	List []model.News
	// Dismissed says that something just was: the focus goes to what is left.
	Dismissed bool
}

// newsLength is how much of it is told at once.
const newsLength = 5

func (p NewsProps) newest() []model.News { return p.List[:min(len(p.List), newsLength)] }

// Shelf is the newest few of one kind, and how many there are.
type Shelf struct {
	List  []model.Package
	Total int
}

// Empty reports whether nothing was ever uploaded.
func (p LandscapeProps) Empty() bool {
	return p.Packages.Total+p.Notebooks.Total+p.Environments.Total == 0
}

// Follows reports whether there is anything of others to tell about.
func (p LandscapeProps) Follows() bool { return p.Favorites.Total+len(p.Activity) > 0 }

func (p LandscapeProps) lead() string {
	if p.Personal {
		return "Everything that belongs to " + p.Login + ", and what changed."
	}
	return "Everything that belongs to the organization " + p.Login + ", and what changed."
}

func (p LandscapeProps) rows() Listing { return Listing{Now: p.Layout.Now} }

// upload is the command that uploads a file to the account.
func (p LandscapeProps) upload() string {
	if p.Personal {
		return "anaconda upload yourpackage-1.0-0.conda"
	}
	return "anaconda upload --user " + p.Login + " yourpackage-1.0-0.conda"
}

// signIn is the command that signs the person in.
func (p LandscapeProps) signIn() string { return "anaconda login --username " + p.Layout.Viewer.Login }

func (p LandscapeProps) channel() string { return CondaURL(p.Base, p.Login) }
