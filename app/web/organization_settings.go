package web

import (
	"net/http"

	"vivarium/app/registry"
	"vivarium/views"
)

// showOrganizationSettings draws the profile of an organization to its owners, with
// the forms that rename it and hand it over. A person's profile is elsewhere.
func (ui *Surface) showOrganizationSettings(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.organizationSettings(r)
	if err != nil {
		return err
	}
	return ui.drawOrganizationSettings(w, r, http.StatusOK, p)
}

// saveOrganizationProfile changes what an organization tells about itself.
func (ui *Surface) saveOrganizationProfile(w http.ResponseWriter, r *http.Request) error {
	in := registry.OrganizationProfile{Email: formText(r, "email"), Profile: registry.Profile{
		Name: formText(r, "name"), Description: formText(r, "description"), Location: formText(r, "location"), URL: formText(r, "url"),
	}}
	head, err := ui.organizationHead(r, "", "", views.OrganizationSettingsURL)
	if err != nil {
		return err
	}
	failed := ui.Registry.UpdateOrganization(r.Context(), ui.actor(r), head.Account.Login, in)
	if failed != nil && correctable(failed) == nil {
		return failed
	}
	p, err := ui.organizationSettings(r)
	switch {
	case err != nil:
		return err
	case failed == nil && !wantsPartial(r):
		ui.flash(r, "Profile saved.")
		return ui.redirect(w, r, views.OrganizationSettingsURL(p.Account.Login))
	case failed == nil:
		p.Profile.Saved = true
		return ui.drawOrganizationSettings(w, r, http.StatusOK, p)
	}
	p.Profile = views.OrganizationProfileForm{
		Login: p.Account.Login, Name: in.Name, Email: in.Email, Description: in.Description, Location: in.Location, URL: in.URL, Problems: correctable(failed),
	}
	return ui.drawOrganizationSettings(w, r, http.StatusUnprocessableEntity, p)
}

func (ui *Surface) organizationSettings(r *http.Request) (views.OrganizationSettingsProps, error) {
	ctx, actor := r.Context(), ui.actor(r)
	head, err := ui.organizationHead(r, "", "", views.OrganizationSettingsURL)
	if err != nil {
		return views.OrganizationSettingsProps{}, err
	}
	a := head.Account
	p := views.OrganizationSettingsProps{
		Base: baseURL(r), Account: a, Photo: views.PhotoForm{Account: views.AccountOf(a), Gravatar: ui.Registry.Gravatar != ""},
		Profile: views.OrganizationProfileForm{Login: a.Login, Name: a.Name, Email: a.Email, Description: a.Description, Location: a.Location, URL: a.URL},
	}
	if p.Holdings, err = ui.Registry.Holdings(ctx, actor, a.Login); err != nil {
		return p, err
	}
	people, err := ui.peopleOf(r, a.Login)
	for _, m := range people {
		if m.Owner {
			p.Owners++
		}
		if m.Account.Login != visitorOf(r).person.Login {
			p.Transfer.People = append(p.Transfer.People, m.Account.Login)
		}
	}
	return p, err
}

func (ui *Surface) drawOrganizationSettings(w http.ResponseWriter, r *http.Request, status int, p views.OrganizationSettingsProps) error {
	layout := ui.layout(r, "Settings of "+p.Account.Login)
	layout.Failed = status != http.StatusOK
	return ui.draw(w, r, status, views.OrganizationSettingsPage(layout, p), views.OrganizationProfilePartial(p))
}
