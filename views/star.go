package views

import (
	"time"

	"vivarium/app/model"
)

// StarProps is the button that puts a package into somebody's favorites.
type StarProps struct {
	Package model.Package
	// Next is the page that the button stands on, for who has no scripts.
	Next string
	// InList makes it small.
	InList bool
}

// DoStar and DoUnstar are what the form of a star asks for.
const (
	DoStar   = "star"
	DoUnstar = "unstar"
)

// does is what pressing the button asks for.
func (p StarProps) does() string {
	if p.Package.Starred {
		return DoUnstar
	}
	return DoStar
}

func (p StarProps) class() string {
	if p.InList {
		return "btn btn--sm"
	}
	return "btn"
}

// said is read out when the button was pressed.
func (p StarProps) said() string {
	stars := plural(p.Package.Stars, "star", "stars")
	if p.Package.Starred {
		return "Starred, " + stars
	}
	return "No longer starred, " + stars
}

// StargazersProps lists who starred a package.
type StargazersProps struct {
	PackageHead
	List []model.Stargazer
	Now  time.Time
}
