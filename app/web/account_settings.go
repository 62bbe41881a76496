package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// showProfile draws the active account's profile form. An organization's is among
// its settings.
func (ui *Surface) showProfile(w http.ResponseWriter, r *http.Request) error {
	if actor := ui.actor(r); actor.Kind == model.Organization {
		return ui.redirect(w, r, views.OrganizationSettingsURL(actor.Login))
	}
	p, err := ui.profileProps(r)
	if err != nil {
		return err
	}
	if p.Personal {
		self, err := ui.selfProps(r)
		if err != nil {
			return err
		}
		p.Self = &self
	}
	p.Layout = ui.layout(r, "Profile")
	return ui.draw(w, r, http.StatusOK, views.ProfilePage(p), nil)
}

// saveProfile changes what the active account tells about itself.
func (ui *Surface) saveProfile(w http.ResponseWriter, r *http.Request) error {
	in := registry.Profile{
		Name: r.PostFormValue("name"), Description: r.PostFormValue("description"), Company: r.PostFormValue("company"),
		Location: r.PostFormValue("location"), URL: r.PostFormValue("url"),
	}
	failed := ui.Registry.UpdateProfile(r.Context(), ui.actor(r), in)
	if failed != nil && correctable(failed) == nil {
		return failed
	}
	if failed == nil && !wantsPartial(r) {
		ui.flash(r, "Profile saved.")
		return ui.redirect(w, r, views.ProfileURL())
	}
	p, err := ui.profileProps(r)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if p.Saved = failed == nil; !p.Saved {
		status = http.StatusUnprocessableEntity
		p.Errors = correctable(failed)
		p.Name, p.Description, p.Company, p.Location, p.URL = in.Name, in.Description, in.Company, in.Location, in.URL
	}
	if p.Personal && !wantsPartial(r) {
		self, err := ui.selfProps(r)
		if err != nil {
			return err
		}
		p.Self = &self
	}
	p.Layout = ui.failedLayout(r, "Profile")
	return ui.draw(w, r, status, views.ProfilePage(p), views.ProfilePartial(p))
}

func (ui *Surface) profileProps(r *http.Request) (views.ProfileProps, error) {
	actor := ui.actor(r)
	a, err := ui.Registry.Account(r.Context(), actor, actor.Login)
	return views.ProfileProps{
		Photo: views.PhotoForm{Account: views.AccountOf(a), Gravatar: ui.Registry.Gravatar != ""},
		Base:  baseURL(r), Active: views.AccountOf(a), Personal: !a.IsOrganization(), Email: a.Email,
		Name: a.Name, Description: a.Description, Company: a.Company, Location: a.Location, URL: a.URL,
	}, err
}
