package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/views"
)

// showConfirmEmail asks whether an address is to be confirmed.
func (ui *Surface) showConfirmEmail(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.confirmProps(w, r)
	if err != nil {
		return ui.deadLink(w, r, err, views.ProfileURL(), "Ask for a new link")
	}
	return ui.draw(w, r, http.StatusOK, views.ConfirmEmailPage(p), nil)
}

func (ui *Surface) confirmProps(w http.ResponseWriter, r *http.Request) (views.ConfirmEmailProps, error) {
	w.Header().Set("Cache-Control", "no-store")
	c, err := ui.Registry.OpenConfirmation(r.Context(), r.PathValue("secret"))
	if err != nil {
		return views.ConfirmEmailProps{}, err
	}
	return views.ConfirmEmailProps{Layout: ui.layout(r, "Confirm your address"), Secret: r.PathValue("secret"), Login: c.Login, Email: c.Email}, nil
}

// confirmEmail makes an address the account's own.
func (ui *Surface) confirmEmail(w http.ResponseWriter, r *http.Request) error {
	err := ui.Registry.ConfirmEmail(r.Context(), ui.actor(r), r.PathValue("secret"))
	if model.CodeOf(err) == model.Conflict {
		p, failed := ui.confirmProps(w, r)
		if failed != nil {
			return failed
		}
		p.Problem, p.Layout.Failed = model.MessageOf(err), true
		return ui.draw(w, r, http.StatusConflict, views.ConfirmEmailPage(p), nil)
	}
	switch {
	case err != nil:
		return ui.deadLink(w, r, err, views.ProfileURL(), "Ask for a new link")
	case ui.actor(r).Anonymous():
		return ui.redirect(w, r, views.SignInAfterURL(afterConfirm))
	}
	ui.flash(r, "Your address is confirmed.")
	return ui.redirect(w, r, views.ProfileURL())
}
