package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// shelfLength is how many things of a kind the dashboard shows.
const shelfLength = 5

// showLandscape draws the dashboard of the active account.
func (ui *Surface) showLandscape(w http.ResponseWriter, r *http.Request) error {
	actor := ui.actor(r)
	p := views.LandscapeProps{Base: baseURL(r), Login: actor.Login, Personal: actor.Kind == model.User}
	shelves := []struct {
		only  model.PackageType
		shelf *views.Shelf
	}{
		{model.Conda, &p.Packages},
		{model.Notebook, &p.Notebooks},
		{model.Environment, &p.Environments},
	}
	for _, s := range shelves {
		filter := registry.PackageFilter{Owner: actor.Login, Type: s.only, Order: model.LastChanged, Limit: shelfLength}
		list, total, err := ui.Registry.Packages(r.Context(), actor, filter)
		if err != nil {
			return err
		}
		*s.shelf = views.Shelf{List: list, Total: total}
	}
	var err error
	if p.Ending, err = ui.Registry.ExpiringTokens(r.Context(), actor, actor.Login); err != nil {
		return err
	}
	p.Layout = ui.layout(r, "Dashboard")
	return ui.draw(w, r, http.StatusOK, views.LandscapePage(p), nil)
}
