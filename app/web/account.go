package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/views"
)

// What brings somebody to the sign-in form, as the address says it, and in words.
const (
	afterReset   = "reset"
	afterConfirm = "confirm"
	afterDelete  = "delete"
)

var wordsAfter = map[string]string{
	afterReset:   "Your password is changed. Sign in with it.",
	afterConfirm: "Your address is confirmed. You can sign in with it.",
	afterDelete:  "Your account is deleted.",
}

// showSignIn draws the sign-in form; who came from a page that needs it gets the
// form alone.
func (ui *Surface) showSignIn(w http.ResponseWriter, r *http.Request) error {
	next, done := localPath(r.URL.Query().Get("next"), ""), wordsAfter[r.URL.Query().Get("after")]
	switch {
	case !ui.actor(r).Anonymous():
		return ui.redirect(w, r, localPath(next, views.LandscapeURL()))
	case next == "" && done == "":
		return ui.drawHome(w, r, views.HomeProps{Layout: ui.layout(r, "Sign in"), SignIn: &views.SignInProps{}})
	}
	p := views.SignInProps{Layout: ui.layout(r, "Sign in"), Next: next, Done: done}
	return ui.draw(w, r, http.StatusOK, views.SignInPage(p), nil)
}

// signIn starts a session and goes on to where the visitor was going.
func (ui *Surface) signIn(w http.ResponseWriter, r *http.Request) error {
	next := localPath(r.PostFormValue("next"), "")
	name := r.PostFormValue("username")
	account, err := ui.Registry.SignIn(r.Context(), ui.actor(r), name, r.PostFormValue("password"))
	if model.CodeOf(err) == model.Invalid {
		p := views.SignInProps{Layout: ui.failedLayout(r, "Sign in"), Username: name, Next: next, Problem: model.MessageOf(err)}
		return ui.draw(w, r, http.StatusUnprocessableEntity, views.SignInPage(p), nil)
	}
	if err != nil {
		return err
	}
	if err := ui.startSession(r, account); err != nil {
		return err
	}
	if account.PasswordGiven {
		next = views.NewPasswordURL()
	}
	return ui.redirect(w, r, localPath(next, views.LandscapeURL()))
}

// signOut ends the session and lets the browser forget what it saw in it.
func (ui *Surface) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := ui.endSession(r); err != nil {
		return err
	}
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return ui.redirect(w, r, views.HomeURL())
}

// switchAccount makes another account the active one: the person's own, or an
// organization that the person owns.
func (ui *Surface) switchAccount(w http.ResponseWriter, r *http.Request) error {
	login := model.FoldLogin(r.PostFormValue("account"))
	person := visitorOf(r).person
	if login != person.Login {
		may, err := ui.Registry.MayManage(r.Context(), person, login)
		if err != nil {
			return err
		}
		if !may {
			return model.Errorf(model.Forbidden, "Only owners of %s can act as it.", login)
		}
	}
	if err := ui.act(r, login); err != nil {
		return err
	}
	return ui.redirect(w, r, views.LandscapeURL())
}

// forgotPassword leads the original site's address to ours.
func (ui *Surface) forgotPassword(w http.ResponseWriter, r *http.Request) error {
	return ui.redirect(w, r, views.ForgotPasswordURL())
}

// correctable returns the sentences of an error that the visitor can put right in
// the form, by field; nil for any other.
func correctable(err error) map[string]string {
	switch model.CodeOf(err) {
	case model.Invalid, model.Conflict:
	default:
		return nil
	}
	fields := model.FieldsOf(err)
	if len(fields) == 0 {
		fields[""] = model.MessageOf(err)
	}
	return fields
}

// failedLayout is layout for a form that comes back.
func (ui *Surface) failedLayout(r *http.Request, title string) views.LayoutProps {
	p := ui.layout(r, title)
	p.Failed = true
	return p
}
