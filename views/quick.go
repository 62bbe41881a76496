package views

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

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

// Place is a page that the quick search leads to, or with Account the action that
// makes this one active: Note says whose it is, or what, End stands at the end of
// its line, and Hit is marked in its name.
type Place struct{ Icon, Name, Note, End, URL, Account, Hit string }

// QuickURL answers the quick search.
func QuickURL() string { return "/search/quick" }

// Places are the pages and actions whose name contains words, in any case: the
// entries of the Tools menu, the accounts of the viewer, and to switch to them.
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
	for _, a := range v.Accounts {
		if a.Login != v.Active.Login {
			all = append(all, Place{Icon: "sync", Name: "Switch to " + a.Login, Account: a.Login})
		}
	}
	var found []Place
	for _, p := range all {
		if strings.Contains(strings.ToLower(p.Name), strings.ToLower(words)) {
			p.Hit = words
			found = append(found, p)
		}
	}
	return found
}

func (p QuickProps) groups() []quickGroup {
	groups := []quickGroup{{"Packages", packagePlaces(p.Packages, p.Query)}, {"Notebooks and environments", packagePlaces(p.Documents, p.Query)}, {"Go to", p.Places}}
	if p.Query != "" {
		everything := Place{Icon: "search", Name: "Search everything for “" + p.Query + "”", End: plural(p.Total, "result", "results"), URL: SearchURL(p.Query)}
		groups[2].places = append(groups[2].places, everything)
	}
	return groups
}

type quickGroup struct {
	name   string
	places []Place
}

func packagePlaces(packages []model.Package, words string) []Place {
	var places []Place
	for _, p := range packages {
		place := Place{Icon: "package", Name: p.Name, Note: p.Owner, End: p.LatestVersion, URL: PackageURL(p.Owner, p.Name), Hit: words}
		if len(p.Types) > 0 {
			place.Icon = TypeIcon(p.Types[0])
		}
		if place.Icon != "package" {
			place.End = TypeWord(p.Types[0])
		}
		places = append(places, place)
	}
	return places
}

// marked draws a name with the words in it marked, in any case.
func marked(name, words string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		at := strings.Index(strings.ToLower(name), strings.ToLower(words))
		if words == "" || at < 0 || at+len(words) > len(name) {
			_, err := io.WriteString(w, templ.EscapeString(name))
			return err
		}
		end := at + len(words)
		_, err := io.WriteString(w, templ.EscapeString(name[:at])+"<mark>"+templ.EscapeString(name[at:end])+"</mark>"+templ.EscapeString(name[end:]))
		return err
	})
}

// found counts what is offered.
func (p QuickProps) found() int { return len(p.Packages) + len(p.Documents) + len(p.Places) }
