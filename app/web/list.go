package web

import (
	"maps"
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// list is a page's list of packages before it is looked up.
type list struct {
	name      string // of the region
	one, many string
	query     listQuery
	filter    registry.PackageFilter
	types     []model.PackageType // offered as a filter
	showOwner bool
	find      string // label of the search within the list; empty: none
	empty     views.EmptyList
}

// platforms are offered as a filter; any other can be written in the address.
var platforms = []string{"noarch", "linux-64", "linux-aarch64", "osx-64", "osx-arm64", "win-64"}

var accessLevels = []model.Access{model.Public, model.Authenticated, model.Private}

// listing looks the packages up and says what stands around them.
func (ui *Surface) listing(r *http.Request, l list) (views.Listing, error) {
	packages, total, err := ui.Registry.Packages(r.Context(), ui.actor(r), l.filter)
	if err != nil {
		return views.Listing{}, err
	}
	groups, chips := l.filters(ui.actor(r).Anonymous())
	return views.Listing{
		Name: l.name, One: l.one, Many: l.many,
		Packages: packages, ShowOwner: l.showOwner,
		Filters: groups, Chips: chips, ClearURL: l.clearURL(),
		Sort: l.query.sort(orderings...), Find: l.search(), Pager: l.query.pager(total),
		Empty: l.empty, Now: ui.Registry.Clock.Now(),
	}, nil
}

// clearURL is the list without filters: the order stays, and so do the words that
// the whole page is about.
func (l list) clearURL() string {
	bare := listQuery{path: l.query.path, Values: maps.Clone(l.query.Values)}
	for _, key := range []string{queryType, queryAccess, queryPlatform} {
		bare.Del(key)
	}
	if l.find != "" {
		bare.Del(queryWords)
	}
	return bare.url(queryPage, "")
}

func (l list) search() views.Find {
	if l.find == "" {
		return views.Find{}
	}
	return views.Find{Label: l.find, Action: l.query.path, Words: l.query.Get(queryWords), Keep: l.query.hidden(queryWords)}
}

// filters are the groups of choices beside the list, and those in force. Who is
// not signed in sees nothing but public packages and is not asked about access.
func (l list) filters(anonymous bool) (groups []views.Filter, chips []views.Chip) {
	add := func(name, key string, values []string, word func(string) string) {
		if len(values) == 0 {
			return
		}
		now := l.query.Get(key)
		group := views.Filter{Name: name, Choices: []views.Choice{{Name: "All", URL: l.query.url(key, ""), Current: now == ""}}}
		for _, v := range values {
			group.Choices = append(group.Choices, views.Choice{Name: word(v), URL: l.query.url(key, v), Current: v == now})
		}
		groups = append(groups, group)
		if now != "" {
			chips = append(chips, views.Chip{Name: name, Value: word(now), URL: l.query.url(key, "")})
		}
	}
	add("Type", queryType, words(l.types), func(v string) string { return views.TypeWord(model.PackageType(v)) })
	if !anonymous {
		add("Access", queryAccess, words(accessLevels), func(v string) string { return views.AccessWord(model.Access(v)) })
	}
	if l.filter.Type != model.Notebook && l.filter.Type != model.Environment {
		add("Platform", queryPlatform, platforms, func(v string) string { return v })
	}
	return groups, chips
}

func words[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}
