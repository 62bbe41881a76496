package web

import (
	"net/http"
	"slices"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// besideNewPassword is what somebody may do who has to choose a password first.
var besideNewPassword = []string{
	"GET /account/new-password", "POST /account/new-password", "POST /signout", "GET /terms", "POST /account/theme",
	"GET /reset-password/{secret}", "POST /reset-password/{secret}",
}

// mustChoose reports whether the visitor is sent to choose a password instead of
// what the request asks for.
func mustChoose(r *http.Request) bool {
	return visitorOf(r).person.MustChoosePassword && !slices.Contains(besideNewPassword, model.RouteOf(r.Context()).Pattern)
}

func (ui *Surface) newPasswordProps(r *http.Request) views.NewPasswordProps {
	return views.NewPasswordProps{
		Layout: ui.layout(r, "Choose your own password"), Login: visitorOf(r).person.Login, MinPassword: ui.Registry.PasswordMinLength,
	}
}

// showNewPassword draws the form in which somebody replaces a password that was
// chosen for them.
func (ui *Surface) showNewPassword(w http.ResponseWriter, r *http.Request) error {
	if !visitorOf(r).person.MustChoosePassword {
		return ui.redirect(w, r, views.SecurityURL())
	}
	return ui.draw(w, r, http.StatusOK, views.NewPasswordPage(ui.newPasswordProps(r)), nil)
}

// chooseNewPassword sets it; the session goes on under it.
func (ui *Surface) chooseNewPassword(w http.ResponseWriter, r *http.Request) error {
	in := registry.NewPassword{Password: r.PostFormValue("password"), Confirm: r.PostFormValue("confirm")}
	accepted := r.PostFormValue("terms") != ""
	account, err := ui.Registry.ChooseOwnPassword(r.Context(), visitorOf(r).person, in, accepted)
	if fields := correctable(err); fields != nil {
		p := ui.newPasswordProps(r)
		p.Errors, p.Accepted, p.Layout.Failed = fields, accepted, true
		return ui.draw(w, r, http.StatusUnprocessableEntity, views.NewPasswordPage(p), nil)
	}
	if err != nil {
		return err
	}
	if err := ui.renewSession(r, account); err != nil {
		return err
	}
	return ui.redirect(w, r, views.LandscapeURL())
}
