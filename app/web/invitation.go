package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// showInvitations draws the open invitations and the form for another.
func (ui *Surface) showInvitations(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.invitationsProps(r)
	if err != nil {
		return err
	}
	return ui.draw(w, r, http.StatusOK, views.InvitationsPage(p), nil)
}

// changeInvitations makes an invitation, whose link is shown this once, or takes
// one back.
func (ui *Surface) changeInvitations(w http.ResponseWriter, r *http.Request) error {
	if id := r.PostFormValue("revoke"); id != "" {
		return ui.takeBackInvitation(w, r, id)
	}
	in := registry.NewInvitation{Email: strings.TrimSpace(r.PostFormValue("email"))}
	in.Organization, in.Group, _ = strings.Cut(r.PostFormValue("joins"), "/")
	if days, err := strconv.Atoi(r.PostFormValue("days")); err == nil {
		in.Lifetime = time.Duration(days) * 24 * time.Hour
	}
	made, link, err := ui.Registry.Invite(r.Context(), visitorOf(r).person, in)
	fields := correctable(err)
	if err != nil && fields == nil {
		return err
	}
	p, failed := ui.invitationsProps(r)
	if failed != nil {
		return failed
	}
	if err != nil {
		p.Email, p.Errors, p.Layout.Failed = in.Email, fields, true
		return ui.draw(w, r, http.StatusUnprocessableEntity, views.InvitationsPage(p), nil)
	}
	p.New, p.NewLink, p.Mailed = &made, link, made.Email != "" && ui.Registry.HasMail()
	return ui.draw(w, r, http.StatusOK, views.InvitationsPage(p), nil)
}

func (ui *Surface) takeBackInvitation(w http.ResponseWriter, r *http.Request, number string) error {
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return model.Errorf(model.NotFound, "There is no such invitation.")
	}
	if err := ui.Registry.TakeBackInvitation(r.Context(), visitorOf(r).person, id); err != nil {
		return err
	}
	ui.flash(r, "The invitation does not work any more.")
	return ui.redirect(w, r, views.InvitationsURL())
}

func (ui *Surface) invitationsProps(r *http.Request) (views.InvitationsProps, error) {
	ctx, person, actor := r.Context(), visitorOf(r).person, ui.actor(r)
	p := views.InvitationsProps{
		Active: views.Account{Login: actor.Login, Organization: actor.Kind == model.Organization}, Personal: actor.Login == person.Login,
		Now: ui.Registry.Clock.Now(),
	}
	var err error
	if p.Open, err = ui.Registry.Invitations(ctx, person); err != nil {
		return p, err
	}
	if p.Joins, err = ui.invitationTargets(r); err != nil {
		return p, err
	}
	p.Layout = ui.layout(r, "Invitations")
	return p, nil
}

// invitationTargets lists what the person may invite to; the groups of the
// organization that is acted as come first.
func (ui *Surface) invitationTargets(r *http.Request) ([]views.Option, error) {
	person, acting := visitorOf(r).person, ui.actor(r).Login
	site, orgs, err := ui.Registry.MayInvite(r.Context(), person)
	if err != nil {
		return nil, err
	}
	var list []views.Option
	if site {
		list = append(list, views.Option{Name: "nothing yet"})
	}
	for _, org := range orgs {
		groups, err := ui.Registry.Groups(r.Context(), person, org.Login)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			chosen := org.Login == acting && g.Name != model.OwnersGroup
			list = append(list, views.Option{Value: org.Login + "/" + g.Name, Name: org.Login + ": " + g.Name, Selected: chosen})
		}
	}
	return list, nil
}

// join accepts an invitation for somebody who has an account.
func (ui *Surface) join(w http.ResponseWriter, r *http.Request) error {
	i, err := ui.Registry.AcceptInvitation(r.Context(), visitorOf(r).person, r.PostFormValue("invitation"))
	if err != nil {
		return ui.deadLink(w, r, err, views.LandscapeURL(), "Dashboard")
	}
	if i.Organization == "" {
		return ui.redirect(w, r, views.LandscapeURL())
	}
	ui.flash(r, "You are in "+i.Group+" of "+i.Organization+" now.")
	return ui.redirect(w, r, views.AccountURL(i.Organization))
}
