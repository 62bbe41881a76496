package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// quickLength is how many of a kind the quick search shows.
const quickLength = 5

// showQuick answers the quick search, which asks as part of a page; anybody else is
// led to the search page.
func (ui *Surface) showQuick(w http.ResponseWriter, r *http.Request) error {
	p := views.QuickProps{Query: r.URL.Query().Get(queryWords)}
	if !wantsPartial(r) {
		return ui.redirect(w, r, views.SearchURL(p.Query))
	}
	p.Places = views.Places(ui.viewer(r), p.Query)
	if p.Query != "" {
		if err := ui.findQuick(r, &p); err != nil {
			return err
		}
	}
	return ui.draw(w, r, http.StatusOK, views.QuickPartial(p), nil)
}

// findQuick looks for packages, and for notebooks and environments.
func (ui *Surface) findQuick(r *http.Request, p *views.QuickProps) error {
	find := func(filter registry.PackageFilter) ([]model.Package, error) {
		filter.Query, filter.Limit, filter.Published, filter.Order = p.Query, quickLength, true, model.MostDownloads
		list, total, err := ui.Registry.Packages(r.Context(), ui.actor(r), filter)
		p.Total += total
		return list, err
	}
	var err error
	if p.Packages, err = find(registry.PackageFilter{Installable: true}); err != nil {
		return err
	}
	for _, t := range []model.PackageType{model.Notebook, model.Environment} {
		list, err := find(registry.PackageFilter{Type: t})
		if err != nil {
			return err
		}
		p.Documents = append(p.Documents, list...)
	}
	return nil
}
