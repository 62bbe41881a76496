package web

import (
	"net/http"
	"strings"

	"vivarium/app/model"
	"vivarium/views"
)

// confirmRename asks before an organization gets another name.
func (ui *Surface) confirmRename(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.organizationSettings(r)
	if err != nil {
		return err
	}
	login := p.Account.Login
	to, err := ui.Registry.CheckLogin(r.Context(), askedFor(r))
	if err != nil {
		return ui.refuseRename(w, r, p, askedFor(r), err)
	}
	return ui.drawMove(w, r, login, "Rename", views.ConfirmProps{
		Heading: "Rename " + login + " to " + to + "?",
		Text: "Every address that begins with " + login + " answers 404 from then on, for conda, pip and pages: change them in the clients. Packages, labels, tokens, groups and members stay. Nobody can take the name " +
			login + " again, unless an administrator frees it.",
		Action: views.RenameOrganizationURL(login), Hidden: []views.Hidden{{Name: "to", Value: to}}, Button: "Rename " + login,
	})
}

// renameOrganization gives an organization another name. Who acts as it goes on
// doing so.
func (ui *Surface) renameOrganization(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.organizationSettings(r)
	if err != nil {
		return err
	}
	to := formText(r, "to")
	err = ui.Registry.RenameOrganization(r.Context(), ui.actor(r), p.Account.Login, to)
	if err != nil {
		return ui.refuseRename(w, r, p, to, err)
	}
	to = model.FoldLogin(to)
	if ui.actor(r).AccountID == p.Account.ID {
		if err := ui.act(r, to); err != nil {
			return err
		}
	}
	ui.flash(r, p.Account.Login+" is "+to+" now.")
	return ui.redirect(w, r, views.OrganizationSettingsURL(to))
}

// refuseRename draws the settings with what is wrong with a name, as typed.
func (ui *Surface) refuseRename(w http.ResponseWriter, r *http.Request, p views.OrganizationSettingsProps, to string, err error) error {
	problem := organizationProblems(err)["name"]
	if problem == "" {
		return err
	}
	p.Rename = views.RenameForm{Name: to, Problem: problem}
	return ui.drawOrganizationSettings(w, r, http.StatusUnprocessableEntity, p)
}

// confirmTransfer asks before an organization is handed over.
func (ui *Surface) confirmTransfer(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.organizationSettings(r)
	if err != nil {
		return err
	}
	to := askedFor(r)
	found, err := ui.Registry.Account(r.Context(), ui.actor(r), to)
	switch {
	case to == "" || model.CodeOf(err) == model.NotFound || err == nil && found.IsOrganization():
		return ui.refuseTransfer(w, r, p, to, model.FieldErrorf("username", "Name a person who has an account here."))
	case err != nil:
		return err
	}
	login := p.Account.Login
	return ui.drawMove(w, r, login, "Transfer", views.ConfirmProps{
		Heading: "Transfer " + login + " to " + found.Login + "?",
		Text:    found.Login + " becomes an owner of " + login + ", and you are none any more: only an owner can add you again. Its packages, tokens and groups stay as they are.",
		Action:  views.TransferOrganizationURL(login), Hidden: []views.Hidden{{Name: "to", Value: found.Login}}, Button: "Transfer " + login,
	})
}

// transferOrganization makes somebody else an owner in the person's place.
func (ui *Surface) transferOrganization(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.organizationSettings(r)
	if err != nil {
		return err
	}
	to := formText(r, "to")
	if err := ui.Registry.TransferOrganization(r.Context(), ui.actor(r), p.Account.Login, to); err != nil {
		return ui.refuseTransfer(w, r, p, to, err)
	}
	ui.flash(r, p.Account.Login+" belongs to "+model.FoldLogin(to)+" now.")
	return ui.redirect(w, r, views.OrganizationsURL())
}

// refuseTransfer draws the settings with what is wrong with a new owner.
func (ui *Surface) refuseTransfer(w http.ResponseWriter, r *http.Request, p views.OrganizationSettingsProps, to string, err error) error {
	problem := model.FieldsOf(err)["username"]
	if problem == "" {
		return err
	}
	p.Transfer.Username, p.Transfer.Problem = to, problem
	return ui.drawOrganizationSettings(w, r, http.StatusUnprocessableEntity, p)
}

// askedFor is what the form that leads to a question says.
func askedFor(r *http.Request) string { return strings.TrimSpace(r.URL.Query().Get("to")) }

// drawMove draws a question about an organization.
func (ui *Surface) drawMove(w http.ResponseWriter, r *http.Request, login, step string, p views.ConfirmProps) error {
	p.KeepURL = views.OrganizationSettingsURL(login)
	p.Crumbs = []views.Crumb{{Name: login, URL: views.AccountURL(login)}, {Name: "Settings", URL: p.KeepURL}, {Name: step}}
	return ui.draw(w, r, http.StatusOK, views.ConfirmPage(ui.layout(r, p.Heading), p), nil)
}
