package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/views"
)

// confirmDeleteOrganization says what goes with an organization, and asks for its
// name.
func (ui *Surface) confirmDeleteOrganization(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.deleteProps(r)
	if err != nil {
		return err
	}
	return ui.drawDeleteOrganization(w, r, http.StatusOK, p)
}

// deleteOrganization deletes an organization whose name was typed.
func (ui *Surface) deleteOrganization(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.deleteProps(r)
	if err != nil {
		return err
	}
	if p.Typed = formText(r, "typed"); p.Typed != p.Login {
		p.Problem = "Type " + p.Login + ", exactly as it is written here."
		return ui.drawDeleteOrganization(w, r, http.StatusUnprocessableEntity, p)
	}
	err = ui.Registry.DeleteOrganization(r.Context(), ui.actor(r), p.Login)
	if model.CodeOf(err) == model.Conflict {
		p.Refused = model.MessageOf(err)
		return ui.drawDeleteOrganization(w, r, http.StatusConflict, p)
	}
	if err != nil {
		return err
	}
	ui.flash(r, "Deleted "+p.Login+".")
	return ui.redirect(w, r, views.OrganizationsURL())
}

func (ui *Surface) deleteProps(r *http.Request) (views.DeleteOrganizationProps, error) {
	head, err := ui.organizationHead(r, "", "", views.OrganizationSettingsURL)
	if err != nil {
		return views.DeleteOrganizationProps{}, err
	}
	p := views.DeleteOrganizationProps{Login: head.Account.Login, Now: ui.Registry.Clock.Now()}
	p.Holdings, err = ui.Registry.Holdings(r.Context(), ui.actor(r), p.Login)
	return p, err
}

func (ui *Surface) drawDeleteOrganization(w http.ResponseWriter, r *http.Request, status int, p views.DeleteOrganizationProps) error {
	layout := ui.layout(r, "Delete "+p.Login)
	layout.Failed = status != http.StatusOK
	return ui.draw(w, r, status, views.DeleteOrganizationPage(layout, p), nil)
}
