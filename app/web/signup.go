package web

import (
	"net/http"

	"vivarium/app/registry"
	"vivarium/views"
)

func (ui *Surface) signUpProps() views.SignUpProps {
	return views.SignUpProps{MinPassword: ui.Registry.PasswordMinLength}
}

// showSignUp draws the form for a new account.
func (ui *Surface) showSignUp(w http.ResponseWriter, r *http.Request) error {
	switch {
	case !ui.actor(r).Anonymous():
		return ui.redirect(w, r, views.LandscapeURL())
	case !ui.Registry.SignupOpen:
		return ui.drawSignUpClosed(w, r)
	}
	return ui.drawHome(w, r, views.HomeProps{Layout: ui.layout(r, "Sign up"), SignUp: ui.signUpProps()})
}

func (ui *Surface) drawSignUpClosed(w http.ResponseWriter, r *http.Request) error {
	return ui.draw(w, r, http.StatusForbidden, views.SignUpClosedPage(ui.layout(r, "Sign-up is closed")), nil)
}

// signUp makes an account and signs it in.
func (ui *Surface) signUp(w http.ResponseWriter, r *http.Request) error {
	if !ui.Registry.SignupOpen {
		return ui.drawSignUpClosed(w, r)
	}
	in := registry.SignUp{
		Login: r.PostFormValue("username"), Email: r.PostFormValue("email"),
		Password: r.PostFormValue("password"), Confirm: r.PostFormValue("confirm"), AcceptTerms: r.PostFormValue("terms") != "",
	}
	account, err := ui.Registry.SignUp(r.Context(), ui.actor(r), in)
	if fields := correctable(err); fields != nil {
		p := ui.signUpProps()
		p.Username, p.Email, p.Accepted, p.Errors = in.Login, in.Email, in.AcceptTerms, fields
		p.Layout = ui.failedLayout(r, "Sign up")
		return ui.draw(w, r, http.StatusUnprocessableEntity, views.SignUpPage(p), nil)
	}
	if err != nil {
		return err
	}
	if err := ui.startSession(r, account); err != nil {
		return err
	}
	return ui.redirect(w, r, views.LandscapeURL())
}
