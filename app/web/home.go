package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// recentPackages is how many new packages the front page shows.
const recentPackages = 6

// showHome draws the front page for visitors; who is signed in goes to the
// dashboard.
func (ui *Surface) showHome(w http.ResponseWriter, r *http.Request) error {
	if !ui.actor(r).Anonymous() {
		return ui.redirect(w, r, views.LandscapeURL())
	}
	p := views.HomeProps{Layout: ui.layout(r, "Home"), SignUp: ui.signUpProps()}
	if !ui.Registry.SignupOpen {
		p.SignIn = &views.SignInProps{}
	}
	return ui.drawHome(w, r, p)
}

// drawHome draws the front page with the account card that p holds.
func (ui *Surface) drawHome(w http.ResponseWriter, r *http.Request, p views.HomeProps) error {
	ctx := r.Context()
	counts, err := ui.Registry.SiteCounts(ctx)
	if err != nil {
		return err
	}
	p.Packages, p.Files, p.Notebooks, p.Environments = counts.Packages, counts.Files, counts.Notebooks, counts.Environments
	newest := registry.PackageFilter{Access: model.Public, Order: model.LastChanged, Limit: recentPackages}
	// A site that shows strangers nothing has no newest packages for them.
	p.Recent, _, err = ui.Registry.Packages(ctx, ui.actor(r), newest)
	if err != nil && model.CodeOf(err) != model.Unauthenticated {
		return err
	}
	p.Base, p.Layout.Home = baseURL(r), true
	return ui.draw(w, r, http.StatusOK, views.HomePage(p), nil)
}
