package views

import (
	"strings"

	"vivarium/app/model"
)

// PackageTransferForm asks who gets a package.
type PackageTransferForm struct {
	Owner, Name string
	// To are the other accounts in which the person may make packages.
	To              []string
	Chosen, Problem string
}

func (f PackageTransferForm) options() []Option {
	list := make([]Option, len(f.To))
	for i, login := range f.To {
		list[i] = Option{Value: login, Name: login, Selected: login == f.Chosen}
	}
	return list
}

// TransferProps says what goes with a package to another account and what does not,
// and asks for its name.
type TransferProps struct {
	Package model.Package
	To      string
	Files   int
	// Groups and Collaborators lose what they have on it.
	Groups, Collaborators []string
	// Typed is what stands in the form.
	Typed, Problem string
}

// seen says who sees the package at its new place.
func (p TransferProps) seen() string {
	switch p.Package.Access {
	case model.Public:
		return "Everyone who gets into " + p.To + " sees it: it stays public."
	case model.Authenticated:
		return "Whoever is signed in sees it, as now."
	}
	return "It stays private: " + p.To + " sees it, with its owners and the groups that reach all of its packages."
}

// left names who stays behind.
func left(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
