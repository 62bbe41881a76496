package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// starHandlers are the pages of favorites, and the button that makes them.
func (ui *Surface) starHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /favorites": ui.page(ui.showFavorites),
		"POST /{channel}/packages/{package}/star": ui.page(ui.star),
		"GET /{channel}/packages/{package}/stars": ui.page(ui.showStargazers),
	}
}

// favoriteKind is a part of the list of favorites.
type favoriteKind struct {
	value, name, one, many string
	filter                 registry.PackageFilter
}

var favoriteKinds = []favoriteKind{
	{"", "All", "favorite", "favorites", registry.PackageFilter{}},
	{"packages", "Packages", "package", "packages", registry.PackageFilter{Installable: true}},
	{"notebooks", "Notebooks", "notebook", "notebooks", registry.PackageFilter{Type: model.Notebook}},
	{"environments", "Environments", "environment", "environments", registry.PackageFilter{Type: model.Environment}},
}

// queryKind is the key of the part in an address.
const queryKind = "kind"

// newestStar is how favorites are sorted unless the address says otherwise.
var newestStar = ordering{"starred", "Newest star", model.LastStarred}

// showFavorites lists what the person starred.
func (ui *Surface) showFavorites(w http.ResponseWriter, r *http.Request) error {
	q, kind := readListBy(r, views.FavoritesURL(), newestStar), favoriteKinds[0]
	for _, k := range favoriteKinds {
		if k.value == r.URL.Query().Get(queryKind) {
			kind = k
		}
	}
	q.keep(queryKind, kind.value, kind.value != "")
	filter := kind.filter
	filter.Order, filter.Limit, filter.Offset = q.order(), pageSize, q.offset()
	list, total, err := ui.Registry.Favorites(r.Context(), ui.actor(r), filter)
	if err != nil {
		return err
	}
	p := views.FavoritesProps{Path: q.url(queryKind, kind.value), Listing: views.Listing{
		Name: "Results", One: kind.one, Many: kind.many, Packages: list, Pager: q.pager(total),
		Sort: q.sort(append([]ordering{newestStar}, orderings...)...), Empty: noFavorites(kind), Now: ui.Registry.Clock.Now(),
	}}
	if p.Tabs, err = ui.favoriteTabs(r, q, kind); err != nil {
		return err
	}
	layout := ui.layout(r, "Favorites of "+visitorOf(r).person.Login)
	return ui.draw(w, r, http.StatusOK, views.FavoritesPage(layout, p), views.FavoritesPartial(p))
}

// favoriteTabs are the parts of the list, with how much is in each.
func (ui *Surface) favoriteTabs(r *http.Request, q listQuery, current favoriteKind) ([]views.NavItem, error) {
	var tabs []views.NavItem
	for _, k := range favoriteKinds {
		filter := k.filter
		filter.Limit = 1
		_, total, err := ui.Registry.Favorites(r.Context(), ui.actor(r), filter)
		if err != nil {
			return nil, err
		}
		tabs = append(tabs, views.NavItem{Name: k.name, URL: q.url(queryKind, k.value), Count: total, Current: k.value == current.value})
	}
	return tabs, nil
}

func noFavorites(k favoriteKind) views.EmptyList {
	what := k.many
	if k.value == "" {
		what = "packages, notebooks and environments"
	}
	return views.EmptyList{
		Empty: views.Empty{Main: true, Icon: "star", Heading: "No " + k.many + " yet", Text: "Press Star on the page of " + what + " that you like, and they are listed here with their newest version."},
		Link:  views.NavItem{Name: "Browse packages", URL: views.SearchURL("")},
	}
}

// star stars a package, or takes the star back, and comes back to where the button
// stood.
func (ui *Surface) star(w http.ResponseWriter, r *http.Request) error {
	starred := r.PostFormValue("do") != views.DoUnstar
	p, err := ui.Registry.Star(r.Context(), ui.actor(r), r.PathValue("channel"), r.PathValue("package"), starred)
	if err != nil {
		return err
	}
	next := localPath(r.PostFormValue("next"), views.PackageURL(p.Owner, p.Name))
	if !wantsPartial(r) {
		return ui.redirect(w, r, next)
	}
	props := views.StarProps{Package: p.Package, Next: next, InList: r.PostFormValue("list") != ""}
	return ui.draw(w, r, http.StatusOK, views.StarPartial(props), nil)
}

// showStargazers lists who starred a package, to those who administer it.
func (ui *Surface) showStargazers(w http.ResponseWriter, r *http.Request) error {
	p, list, err := ui.Registry.Stargazers(r.Context(), ui.actor(r), r.PathValue("channel"), r.PathValue("package"))
	if err != nil {
		return err
	}
	props := views.StargazersProps{
		PackageHead: packageHead(p, newest(p).Version, views.PackageURL(p.Owner, p.Name)), List: list, Now: ui.Registry.Clock.Now(),
	}
	return ui.draw(w, r, http.StatusOK, views.StargazersPage(ui.layout(r, "Stars of "+p.Name+", "+p.Owner), props), nil)
}
