package web

import (
	"encoding/json"
	"fmt"
	"net/http"

	"vivarium/app/model"
	"vivarium/views"
)

// selfProps is what a person does with the account itself.
func (ui *Surface) selfProps(r *http.Request) (views.SelfProps, error) {
	person := visitorOf(r).person
	a, err := ui.Registry.Account(r.Context(), person, person.Login)
	if err != nil {
		return views.SelfProps{}, err
	}
	estate, err := ui.Registry.Estate(r.Context(), person)
	return views.SelfProps{
		Login: a.Login, Base: baseURL(r), Email: a.Email, NewEmail: a.NewEmail, Confirmed: !a.EmailConfirmedAt.IsZero(), Mail: ui.Registry.HasMail(),
		Holdings: estate.Holdings,
	}, err
}

// drawSelf draws the profile page with what became of a form in p.
func (ui *Surface) drawSelf(w http.ResponseWriter, r *http.Request, status int, p views.SelfProps) error {
	page, err := ui.profileProps(r)
	if err != nil {
		return err
	}
	page.Self, page.Layout = &p, ui.layout(r, "Profile")
	page.Layout.Failed = status != http.StatusOK
	return ui.draw(w, r, status, views.ProfilePage(page), views.EmailPartial(p))
}

// changeEmail gives the person another address, or sees to the one that waits to
// be confirmed.
func (ui *Surface) changeEmail(w http.ResponseWriter, r *http.Request) error {
	ctx, person := r.Context(), visitorOf(r).person
	var err error
	done, email := "", r.PostFormValue("email")
	switch r.PostFormValue("do") {
	case "again":
		done, err = "We sent the link again.", ui.Registry.AskToConfirm(ctx, person)
	case "keep":
		done, err = "Your address stays as it is.", ui.Registry.KeepEmail(ctx, person)
	default:
		if done = "Email changed."; ui.Registry.HasMail() {
			done = "We sent a link to " + email + "."
		}
		err = ui.Registry.ChangeEmail(ctx, person, email, r.PostFormValue("password"))
	}
	fields := correctable(err)
	if err != nil && fields == nil {
		return err
	}
	if err == nil && !wantsPartial(r) {
		ui.flash(r, done)
		return ui.redirect(w, r, views.ProfileURL())
	}
	p, failed := ui.selfProps(r)
	if failed != nil {
		return failed
	}
	if err != nil {
		p.TypedEmail, p.EmailErrors = email, renamed(fields, map[string]string{"email": "new-email", "password": "email-password"})
		return ui.drawSelf(w, r, http.StatusUnprocessableEntity, p)
	}
	p.Done = done
	return ui.drawSelf(w, r, http.StatusOK, p)
}

// renamed gives the sentences of errors the ids that fields have on a page.
func renamed(errors, ids map[string]string) map[string]string {
	out := map[string]string{}
	for field, sentence := range errors {
		if id, ok := ids[field]; ok {
			field = id
		}
		out[field] = sentence
	}
	return out
}

// checkUsername looks at a new username while it is typed.
func (ui *Surface) checkUsername(w http.ResponseWriter, r *http.Request) error {
	p := views.SelfProps{TypedUsername: model.FoldLogin(r.PostFormValue("username"))}
	if p.TypedUsername != "" {
		_, err := ui.Registry.CheckLogin(r.Context(), p.TypedUsername)
		p.UsernameErrors = renamed(model.FieldsOf(err), usernameID)
	}
	return ui.draw(w, r, http.StatusOK, views.FieldNotes(p.UsernameField(true)), nil)
}

// usernameID is the id that the new username has on the profile page.
var usernameID = map[string]string{"username": "new-username"}

// showRename asks before the person is renamed.
func (ui *Surface) showRename(w http.ResponseWriter, r *http.Request) error {
	typed := r.URL.Query().Get("username")
	login, err := ui.Registry.CheckLogin(r.Context(), typed)
	if fields := correctable(err); fields != nil {
		p, err := ui.selfProps(r)
		if err != nil {
			return err
		}
		p.TypedUsername, p.UsernameErrors = typed, renamed(fields, usernameID)
		return ui.drawSelf(w, r, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return ui.draw(w, r, http.StatusOK, views.RenamePage(ui.renameProps(r, login)), nil)
}

func (ui *Surface) renameProps(r *http.Request, to string) views.RenameProps {
	return views.RenameProps{Layout: ui.layout(r, "Rename"), Base: baseURL(r), Login: visitorOf(r).person.Login, To: to}
}

// rename gives the person another username.
func (ui *Surface) rename(w http.ResponseWriter, r *http.Request) error {
	to := r.PostFormValue("to")
	err := ui.Registry.RenameSelf(r.Context(), visitorOf(r).person, to, r.PostFormValue("password"))
	if fields := correctable(err); fields != nil {
		p := ui.renameProps(r, to)
		p.Problem, p.Layout.Failed = model.MessageOf(err), true
		return ui.draw(w, r, http.StatusUnprocessableEntity, views.RenamePage(p), nil)
	}
	if err != nil {
		return err
	}
	ui.flash(r, "You are "+model.FoldLogin(to)+" now.")
	return ui.redirect(w, r, views.ProfileURL())
}

// export answers with everything that is kept about the person.
func (ui *Surface) export(w http.ResponseWriter, r *http.Request) error {
	data, err := ui.Registry.Export(r.Context(), visitorOf(r).person)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(data, "", "  ")
	if err != nil {
		return fmt.Errorf("write an export: %w", err)
	}
	name := data.Profile.Username + "-" + data.ExportedAt.Format("2006-01-02") + ".json"
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`) // a login needs no escapes
	_, _ = w.Write(body)                                                     // a visitor who left needs no answer
	return nil
}
