package web

import (
	"net/http"

	"vivarium/views"
)

// showSearch draws what matches the words in the address, in all channels.
func (ui *Surface) showSearch(w http.ResponseWriter, r *http.Request) error {
	q := readList(r, views.SearchURL(""))
	query, filter := q.Get(queryWords), q.filter()
	filter.Published = true
	listing, err := ui.listing(r, list{
		name: "Results", one: "result", many: "results", showOwner: true,
		query: q, filter: filter, types: viewAll.types, empty: emptySearch(query),
	})
	if err != nil {
		return err
	}
	props := views.SearchProps{Query: query, Listing: listing}
	layout := ui.layout(r, searchTitle(query))
	layout.Query = query
	return ui.draw(w, r, http.StatusOK, views.SearchPage(layout, props), views.ListingPartial(listing))
}

func searchTitle(query string) string {
	if query == "" {
		return "All packages"
	}
	return "Search: " + query
}

func emptySearch(query string) views.EmptyList {
	if query == "" {
		return views.EmptyList{Empty: views.Empty{Main: true, Icon: "package", Heading: "Nothing here yet", Text: "What is uploaded to this server will be listed here."}}
	}
	return views.EmptyList{
		Empty: views.Empty{Main: true, Icon: "search", Heading: "Nothing matches “" + query + "”", Text: "Each word must stand in a name or a summary. Try fewer words, or a part of one."},
		Link:  views.NavItem{Name: "Show all packages", URL: views.SearchURL("")},
	}
}
