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
	p.Layout = ui.failedLayout(r, "Profile")
	return ui.draw(w, r, status, views.ProfilePage(p), views.ProfilePartial(p))
}

func (ui *Surface) profileProps(r *http.Request) (views.ProfileProps, error) {
	actor := ui.actor(r)
	a, err := ui.Registry.Account(r.Context(), actor, actor.Login)
	return views.ProfileProps{
		Base: baseURL(r), Active: views.AccountOf(a), Personal: !a.IsOrganization(), Email: a.Email,
		Name: a.Name, Description: a.Description, Company: a.Company, Location: a.Location, URL: a.URL,
	}, err
}

// showSecurity draws the form of the person's password.
func (ui *Surface) showSecurity(w http.ResponseWriter, r *http.Request) error {
	return ui.draw(w, r, http.StatusOK, views.SecurityPage(ui.securityProps(r)), nil)
}

// changePassword sets the person's password. Every other session is dead then;
// this one goes on under the new version and a new id.
func (ui *Surface) changePassword(w http.ResponseWriter, r *http.Request) error {
	account, err := ui.Registry.ChangePassword(r.Context(), visitorOf(r).person, r.PostFormValue("current"),
		registry.NewPassword{Password: r.PostFormValue("password"), Confirm: r.PostFormValue("confirm")})
	if fields := correctable(err); fields != nil {
		p := ui.securityProps(r)
		p.Errors, p.Layout.Failed = fields, true
		return ui.draw(w, r, http.StatusUnprocessableEntity, views.SecurityPage(p), views.SecurityPartial(p))
	}
	if err != nil {
		return err
	}
	if err := ui.renewSession(r, account); err != nil {
		return err
	}
	if !wantsPartial(r) {
		ui.flash(r, "Password changed. Your other sessions have ended.")
		return ui.redirect(w, r, views.SecurityURL())
	}
	p := ui.securityProps(r)
	p.Changed = true
	return ui.draw(w, r, http.StatusOK, views.SecurityPage(p), views.SecurityPartial(p))
}

func (ui *Surface) securityProps(r *http.Request) views.SecurityProps {
	return views.SecurityProps{Layout: ui.layout(r, "Security"), Login: visitorOf(r).person.Login, MinPassword: ui.Registry.PasswordMinLength}
}
