package web

import (
	"context"
	"net/http"

	"vivarium/app/model"
	"vivarium/views"
)

// visitor is who a request comes from.
type visitor struct {
	actor  model.Actor // acts: the person, or an organization the person owns
	person model.Actor // is signed in; anonymous when nobody is
}

type visitorKey struct{}

func withVisitor(r *http.Request, v visitor) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), visitorKey{}, v))
}

func visitorOf(r *http.Request) visitor {
	v, _ := r.Context().Value(visitorKey{}).(visitor)
	return v
}

// actor returns who the request acts as.
func (ui *Surface) actor(r *http.Request) model.Actor { return visitorOf(r).actor }

// recognize reads the session. A dead one is destroyed, and the visitor is
// nobody.
func (ui *Surface) recognize(r *http.Request) (visitor, error) {
	s, ctx := ui.sessions(r), r.Context()
	from := model.Actor{RemoteAddr: r.RemoteAddr, Client: r.UserAgent(), Base: baseURL(r)}
	nobody := visitor{actor: from, person: from}
	id := s.GetInt64(ctx, keyUser)
	if id == 0 {
		return nobody, nil
	}
	from.SignInID = s.GetInt64(ctx, keySignIn)
	if from.SignInID == 0 || !ui.alive(ctx, s) {
		return nobody, s.Destroy(ctx)
	}
	var v visitor
	var err error
	if v.person, err = ui.Registry.SessionActor(ctx, from, id, s.GetInt64(ctx, keyVersion), ""); err != nil {
		if model.CodeOf(err) == model.Unauthenticated {
			return nobody, s.Destroy(ctx)
		}
		return nobody, err
	}
	v.actor = v.person
	if acting := s.GetString(ctx, keyActing); acting != "" {
		if v.actor, err = ui.Registry.SessionActor(ctx, from, id, s.GetInt64(ctx, keyVersion), acting); err != nil {
			return nobody, err
		}
	}
	return v, ui.noteVisit(ctx, s, v.person)
}

// viewer returns who is signed in as the layout draws it, or nil.
func (ui *Surface) viewer(r *http.Request) *views.Viewer {
	v := visitorOf(r)
	if v.actor.Anonymous() {
		return nil
	}
	self := ui.viewed(r, v.person)
	active := self
	if v.actor.Kind == model.Organization {
		active = ui.viewed(r, v.actor)
	}
	active.Role = "Owner"
	out := &views.Viewer{Login: self.Login, Active: active, Accounts: []views.Account{self}, Admin: v.person.IsAdmin}
	owned, err := ui.Registry.OwnedBy(r.Context(), v.person)
	if err != nil {
		ui.Registry.LogFailure(r.Context(), "list accounts to act as", err)
	}
	for _, o := range owned {
		a := views.AccountOf(o)
		a.Role = "Owner"
		out.Accounts = append(out.Accounts, a)
	}
	return out
}

// viewed is an account that the visitor acts as, with its photo when that is known.
func (ui *Surface) viewed(r *http.Request, actor model.Actor) views.Account {
	a, err := ui.Registry.Account(r.Context(), actor, actor.Login)
	if err != nil {
		return views.Account{Login: actor.Login, Organization: actor.Kind == model.Organization}
	}
	seen := views.AccountOf(a)
	// A person's photo may be at Gravatar, which is asked when the picture is.
	seen.Drawn = a.Photo == "" && (a.IsOrganization() || ui.Registry.Gravatar == "")
	return seen
}
