package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

func (ui *Surface) signUpProps() views.SignUpProps {
	return views.SignUpProps{MinPassword: ui.Registry.PasswordMinLength}
}

// showSignUp draws the form for a new account.
func (ui *Surface) showSignUp(w http.ResponseWriter, r *http.Request) error {
	if secret := r.URL.Query().Get("invitation"); secret != "" {
		return ui.showInvitation(w, r, secret)
	}
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

// showInvitation draws the form for who was invited; who has an account is asked
// whether to join.
func (ui *Surface) showInvitation(w http.ResponseWriter, r *http.Request, secret string) error {
	w.Header().Set("Cache-Control", "no-store")
	i, err := ui.Registry.OpenInvitation(r.Context(), secret)
	if err != nil {
		return ui.deadLink(w, r, err, views.SignInURL(""), "Sign in")
	}
	invited := views.Invited{Invitation: i, Secret: secret}
	if person := visitorOf(r).person; !person.Anonymous() {
		p := views.JoinProps{Layout: ui.layout(r, "Invitation"), Login: person.Login, Invited: invited}
		return ui.draw(w, r, http.StatusOK, views.JoinPage(p), nil)
	}
	p := ui.signUpProps()
	p.Layout, p.Invited = ui.layout(r, "Sign up"), &invited
	return ui.draw(w, r, http.StatusOK, views.SignUpPage(p), nil)
}

func signUpForm(r *http.Request) registry.SignUp {
	return registry.SignUp{
		Login: r.PostFormValue("username"), Email: r.PostFormValue("email"), Invitation: r.PostFormValue("invitation"),
		Password: r.PostFormValue("password"), Confirm: r.PostFormValue("confirm"), AcceptTerms: r.PostFormValue("terms") != "",
	}
}

// signUp makes an account and signs it in.
func (ui *Surface) signUp(w http.ResponseWriter, r *http.Request) error {
	in := signUpForm(r)
	if in.Invitation == "" && !ui.Registry.SignupOpen {
		return ui.drawSignUpClosed(w, r)
	}
	account, err := ui.Registry.SignUp(r.Context(), ui.actor(r), in)
	if fields := correctable(err); fields != nil {
		return ui.drawSignUpAgain(w, r, in, fields)
	}
	if err != nil {
		return ui.deadLink(w, r, err, views.SignInURL(""), "Sign in")
	}
	if err := ui.startSession(r, account); err != nil {
		return err
	}
	return ui.redirect(w, r, views.LandscapeURL())
}

// drawSignUpAgain draws the form with what was typed, save the passwords, and what
// is wrong with it.
func (ui *Surface) drawSignUpAgain(w http.ResponseWriter, r *http.Request, in registry.SignUp, fields map[string]string) error {
	p := ui.signUpProps()
	p.Username, p.Email, p.Accepted, p.Errors = in.Login, in.Email, in.AcceptTerms, fields
	if in.Invitation != "" {
		i, err := ui.Registry.OpenInvitation(r.Context(), in.Invitation)
		if err != nil {
			return ui.deadLink(w, r, err, views.SignInURL(""), "Sign in")
		}
		p.Invited = &views.Invited{Invitation: i, Secret: in.Invitation}
	}
	p.Layout = ui.failedLayout(r, "Sign up")
	return ui.draw(w, r, http.StatusUnprocessableEntity, views.SignUpPage(p), nil)
}

// checkSignUp looks at one field of the form while it is filled in. Without
// scripts nobody asks.
func (ui *Surface) checkSignUp(w http.ResponseWriter, r *http.Request) error {
	in, id := signUpForm(r), r.URL.Query().Get("field")
	p := ui.signUpProps()
	p.Username, p.Email, p.Errors = model.FoldLogin(in.Login), in.Email, map[string]string{}
	if r.PostFormValue(id) != "" {
		p.Errors[id] = ui.Registry.CheckSignUp(r.Context(), in, id)
	}
	field, ok := p.Checked(id)
	if !ok {
		return ui.redirect(w, r, views.SignUpURL())
	}
	return ui.draw(w, r, http.StatusOK, views.FieldNotes(field), nil)
}
