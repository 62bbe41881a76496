package web

import (
	"net/http"
	"strconv"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// shelfLength is how many things of a kind the dashboard shows.
const shelfLength = 5

// landscapeHandlers are the dashboard.
func (ui *Surface) landscapeHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /landscape":  ui.page(ui.showLandscape),
		"POST /landscape": ui.page(ui.dismissNews),
	}
}

// showLandscape draws the dashboard of the active account, with what the person
// behind it follows.
func (ui *Surface) showLandscape(w http.ResponseWriter, r *http.Request) error {
	ctx, actor := r.Context(), ui.actor(r)
	p := views.LandscapeProps{Base: baseURL(r), Login: actor.Login, Personal: actor.Kind == model.User}
	err := ui.fillShelves(r, &p)
	if err != nil {
		return err
	}
	if p.Activity, err = ui.Registry.Activity(ctx, actor); err != nil {
		return err
	}
	if p.News.List, err = ui.Registry.News(ctx, actor); err != nil {
		return err
	}
	if p.Ending, err = ui.Registry.ExpiringTokens(ctx, actor, actor.Login); err != nil {
		return err
	}
	p.Layout = ui.layout(r, "Dashboard")
	return ui.draw(w, r, http.StatusOK, views.LandscapePage(p), nil)
}

// fillShelves looks up the newest of each kind that the account has, and of what the
// person starred.
func (ui *Surface) fillShelves(r *http.Request, p *views.LandscapeProps) (err error) {
	own := registry.PackageFilter{Owner: p.Login, Order: model.LastChanged, Limit: shelfLength}
	packages, notebooks, environments := own, own, own
	packages.Installable, notebooks.Type, environments.Type = true, model.Notebook, model.Environment
	for filter, shelf := range map[registry.PackageFilter]*views.Shelf{
		packages: &p.Packages, notebooks: &p.Notebooks, environments: &p.Environments,
		{Starred: true, Order: model.LastStarred, Limit: shelfLength}: &p.Favorites,
	} {
		if shelf.List, shelf.Total, err = ui.Registry.Packages(r.Context(), ui.actor(r), filter); err != nil {
			return err
		}
	}
	return nil
}

// dismissNews forgets one thing that the person was told.
func (ui *Surface) dismissNews(w http.ResponseWriter, r *http.Request) error {
	group, err := strconv.ParseInt(r.PostFormValue("group"), 10, 64)
	if err != nil {
		return model.Errorf(model.Invalid, "This form is not one of the page's. Reload the page and try again.")
	}
	if err := ui.Registry.DismissNews(r.Context(), ui.actor(r), group); err != nil {
		return err
	}
	if !wantsPartial(r) {
		return ui.redirect(w, r, views.LandscapeURL())
	}
	p := views.NewsProps{Dismissed: true}
	if p.List, err = ui.Registry.News(r.Context(), ui.actor(r)); err != nil {
		return err
	}
	return ui.draw(w, r, http.StatusOK, views.NewsPartial(p), nil)
}
