package web

import (
	"net/http"
	"slices"
	"strconv"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// securityEvents is how many lines of the log the page shows.
const securityEvents = 20

// securityNouns are what the lines of the security log are about.
var securityNouns = []string{"session", "user", "token", "account", "invitation"}

// showSecurity draws the password form, the sessions and the log.
func (ui *Surface) showSecurity(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.securityProps(r)
	if err != nil {
		return err
	}
	return ui.draw(w, r, http.StatusOK, views.SecurityPage(p), views.EventsPanel(p))
}

func (ui *Surface) securityProps(r *http.Request) (views.SecurityProps, error) {
	ctx, person := r.Context(), visitorOf(r).person
	p := views.SecurityProps{
		Login: person.Login, MinPassword: ui.Registry.PasswordMinLength, Here: person.SignInID, Now: ui.Registry.Clock.Now(),
	}
	kind := r.URL.Query().Get("kind")
	if slices.ContainsFunc(views.EventKinds, func(o views.Option) bool { return o.Value == kind }) {
		p.Kind = kind
	}
	filter := registry.AuditFilter{Account: person.Login, Nouns: securityNouns, Action: p.Kind, Limit: securityEvents + 1}
	var err error
	if p.Lines, err = ui.Registry.AuditLines(ctx, person, filter); err != nil {
		return p, err
	}
	p.More = len(p.Lines) > securityEvents
	p.Lines = p.Lines[:min(len(p.Lines), securityEvents)]
	if p.Sessions, err = ui.Registry.Sessions(ctx, person, sessionIdle); err != nil {
		return p, err
	}
	p.Layout = ui.layout(r, "Security")
	return p, nil
}

// changePassword sets the person's password. Every other session is dead then;
// this one goes on under the new version and a new id.
func (ui *Surface) changePassword(w http.ResponseWriter, r *http.Request) error {
	in := registry.NewPassword{Password: r.PostFormValue("password"), Confirm: r.PostFormValue("confirm")}
	account, err := ui.Registry.ChangePassword(r.Context(), visitorOf(r).person, r.PostFormValue("current"), in)
	fields := correctable(err)
	if err != nil && fields == nil {
		return err
	}
	if err == nil {
		if err := ui.renewSession(r, account); err != nil {
			return err
		}
		if !wantsPartial(r) {
			ui.flash(r, "Password changed. Your other sessions have ended.")
			return ui.redirect(w, r, views.SecurityURL())
		}
	}
	p, failed := ui.securityProps(r)
	if failed != nil {
		return failed
	}
	status := http.StatusOK
	if p.Changed = err == nil; !p.Changed {
		status, p.Errors, p.Layout.Failed = http.StatusUnprocessableEntity, fields, true
	}
	return ui.draw(w, r, status, views.SecurityPage(p), views.SecurityPartial(p))
}

// endSessions signs the person out elsewhere: in one browser, or in all others.
func (ui *Surface) endSessions(w http.ResponseWriter, r *http.Request) error {
	ended, err := ui.endThem(r, r.PostFormValue("end"))
	if err != nil {
		return err
	}
	if !wantsPartial(r) {
		ui.flash(r, ended)
		return ui.redirect(w, r, views.SecurityURL())
	}
	p, err := ui.securityProps(r)
	if err != nil {
		return err
	}
	p.Ended = ended
	return ui.draw(w, r, http.StatusOK, views.SecurityPage(p), views.SessionsPartial(p))
}

func (ui *Surface) endThem(r *http.Request, which string) (done string, err error) {
	person := visitorOf(r).person
	if which == "others" {
		n, err := ui.Registry.EndOtherSessions(r.Context(), person)
		return views.SessionsEnded(n), err
	}
	id, err := strconv.ParseInt(which, 10, 64)
	if err != nil || id == person.SignInID {
		return "", model.Errorf(model.Invalid, "Say which other session is to end; this one ends with Sign out.")
	}
	return views.SessionsEnded(1), ui.Registry.EndSession(r.Context(), person, id)
}
