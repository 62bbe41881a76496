package views

import "vivarium/app/model"

// HomeProps is the front page of a visitor who is not signed in, with the account
// card at one of its two tabs.
type HomeProps struct {
	Layout LayoutProps
	Base   string
	// Packages, Files, Notebooks and Environments count what anyone sees.
	Packages, Files, Notebooks, Environments int
	// Recent lists the newest public packages.
	Recent []model.Package
	// SignIn is the card's tab when it is set, otherwise SignUp.
	SignIn *SignInProps
	SignUp SignUpProps
}

// sample is a word for the search box to begin with.
func (p HomeProps) sample() string {
	if len(p.Recent) == 0 {
		return "Search"
	}
	return "Try " + p.Recent[0].Name
}

func (p HomeProps) rows() Listing { return Listing{ShowOwner: true, Now: p.Layout.Now} }

// channel is the login whose channel the page shows how to use.
func (p HomeProps) channel() string { return p.Recent[0].Owner }
