package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

func (ui *Surface) recoveryProps(r *http.Request, password bool) views.RecoveryProps {
	title := "Forgot username"
	if password {
		title = "Forgot password"
	}
	return views.RecoveryProps{
		Layout: ui.layout(r, title), Password: password, Mail: ui.Registry.HasMail(),
		Expires: ui.Registry.Clock.Now().Add(ui.Registry.ResetLifetime),
	}
}

// showForgot returns the handler of a recovery page. Without mail, an
// administrator helps.
func (ui *Surface) showForgot(password bool) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return ui.draw(w, r, http.StatusOK, views.RecoveryPage(ui.recoveryProps(r, password)), nil)
	}
}

// sendPassword asks for links to choose a new password.
func (ui *Surface) sendPassword(w http.ResponseWriter, r *http.Request) error {
	who := r.PostFormValue("who")
	return ui.sendRecovery(w, r, true, who, ui.Registry.ForgotPassword(r.Context(), ui.actor(r), who))
}

// sendUsername asks for a mail with the usernames of an address.
func (ui *Surface) sendUsername(w http.ResponseWriter, r *http.Request) error {
	email := r.PostFormValue("email")
	return ui.sendRecovery(w, r, false, email, ui.Registry.ForgotUsername(r.Context(), ui.actor(r), email))
}

// sendRecovery answers alike whether there is anybody to mail or not.
func (ui *Surface) sendRecovery(w http.ResponseWriter, r *http.Request, password bool, typed string, err error) error {
	w.Header().Set("Cache-Control", "no-store")
	fields := correctable(err)
	if err != nil && fields == nil {
		return err
	}
	p := ui.recoveryProps(r, password)
	p.Typed = typed
	if err != nil {
		p.Problem, p.Layout.Failed = model.MessageOf(err), true
		return ui.draw(w, r, http.StatusUnprocessableEntity, views.RecoveryPage(p), nil)
	}
	p.Layout.Title = "Check your mail"
	return ui.draw(w, r, http.StatusOK, views.RecoverySentPage(p), nil)
}

// showReset draws the form for a new password behind a link.
func (ui *Surface) showReset(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.resetProps(w, r)
	if err != nil {
		return ui.deadLink(w, r, err, views.ForgotPasswordURL(), "Ask for a new link")
	}
	return ui.draw(w, r, http.StatusOK, views.ResetPage(p), nil)
}

func (ui *Surface) resetProps(w http.ResponseWriter, r *http.Request) (views.ResetProps, error) {
	w.Header().Set("Cache-Control", "no-store")
	secret := r.PathValue("secret")
	opened, err := ui.Registry.OpenReset(r.Context(), secret)
	if err != nil {
		return views.ResetProps{}, err
	}
	return views.ResetProps{
		Layout: ui.layout(r, "Choose a new password"), Secret: secret, Login: opened.Login, Tokens: opened.Tokens,
		MinPassword: ui.Registry.PasswordMinLength,
	}, nil
}

// resetPassword sets the password behind a link, which ends every session; then
// the person signs in with it.
func (ui *Surface) resetPassword(w http.ResponseWriter, r *http.Request) error {
	in := registry.NewPassword{Password: r.PostFormValue("password"), Confirm: r.PostFormValue("confirm")}
	revoke := r.PostFormValue("revoke") != ""
	err := ui.Registry.ResetPassword(r.Context(), ui.actor(r), r.PathValue("secret"), in, revoke)
	if fields := correctable(err); fields != nil {
		p, err := ui.resetProps(w, r)
		if err != nil {
			return ui.deadLink(w, r, err, views.ForgotPasswordURL(), "Ask for a new link")
		}
		p.Errors, p.Revoke, p.Layout.Failed = fields, revoke, true
		return ui.draw(w, r, http.StatusUnprocessableEntity, views.ResetPage(p), nil)
	}
	if err != nil {
		return ui.deadLink(w, r, err, views.ForgotPasswordURL(), "Ask for a new link")
	}
	return ui.redirect(w, r, views.SignInAfterURL(afterReset))
}

// deadLink draws the page of a link that is Gone, with the way to another one; any
// other error is returned.
func (ui *Surface) deadLink(w http.ResponseWriter, r *http.Request, err error, again, askFor string) error {
	if model.CodeOf(err) != model.Gone {
		return err
	}
	p := views.DeadLinkProps{Layout: ui.layout(r, "This link does not work any more"), Message: model.MessageOf(err), Again: again, AskFor: askFor}
	return ui.draw(w, r, http.StatusGone, views.DeadLinkPage(p), nil)
}
