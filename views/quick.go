package views

import (
	"strings"

	"vivarium/app/model"
)

// QuickProps is what the quick search found for some words.
type QuickProps struct {
	Query     string
	Packages  []model.Package
	Documents []model.Package // notebooks and environments
	Places    []Place
	Total     int // of what the search page would show
}

// Place is a page that the quick search leads to.
type Place struct{ Icon, Name, Note, URL string }

// QuickURL answers the quick search.
func QuickURL() string { return "/search/quick" }

// Places are the pages whose name contains words, in any case: the accounts of the
// viewer and the entries of the Tools menu.
func Places(v *Viewer, words string) []Place {
	if v == nil {
		return nil
	}
	var all []Place
	for _, t := range tools(v.Active.Login) {
		all = append(all, Place{Icon: t.icon, Name: t.name, URL: t.url})
	}
	for _, a := range v.Accounts {
		place := Place{Icon: "user", Name: a.Login, Note: "you", URL: AccountURL(a.Login)}
		if a.Organization {
			place.Icon, place.Note = "org", "organization"
		}
		all = append(all, place)
	}
	var found []Place
	for _, p := range all {
		if strings.Contains(strings.ToLower(p.Name), strings.ToLower(words)) {
			found = append(found, p)
		}
	}
	return found
}

func (p QuickProps) groups() []quickGroup {
	groups := []quickGroup{{"Packages", packagePlaces(p.Packages)}, {"Notebooks and environments", packagePlaces(p.Documents)}, {"Go to", p.Places}}
	if p.Query != "" {
		everything := Place{Icon: "search", Name: "Search everything for “" + p.Query + "”", Note: plural(p.Total, "result", "results"), URL: SearchURL(p.Query)}
		groups[2].places = append(groups[2].places, everything)
	}
	return groups
}

type quickGroup struct {
	name   string
	places []Place
}

func packagePlaces(packages []model.Package) []Place {
	var places []Place
	for _, p := range packages {
		icon := "package"
		if len(p.Types) > 0 {
			icon = TypeIcon(p.Types[0])
		}
		places = append(places, Place{Icon: icon, Name: p.Name, Note: p.Owner, URL: PackageURL(p.Owner, p.Name)})
	}
	return places
}

// found counts what is offered.
func (p QuickProps) found() int { return len(p.Packages) + len(p.Documents) + len(p.Places) }
