package main

import (
	"net/http"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// actor is somebody in the matrix, with what they send to say who they are.
type actor struct {
	name   string
	login  string // of the account the credential belongs to; empty: nobody's
	secret string // the token; empty: none is sent
	cookie string // the browser's session, on pages
	// ranks are what groups, collaborators and ownership give, by channel.
	ranks   map[string]model.Permission
	only    string   // the one package that ranks are for; empty: all
	creates []string // the channels in which they may make packages
	owns    []string // the channels that are theirs
	admin   bool     // of the site
	scopes  model.ScopeSet
	dead    bool // the credential is not valid: expired, revoked, disabled
}

func (a actor) anonymous() bool { return a.login == "" && !a.dead }

// The channels of the matrix: two organizations and a user.
const labs, vault, brook = "labs", "vault", "brook"

// inGroups is a permission from a group of each organization.
func inGroups(p model.Permission) map[string]model.Permission {
	return map[string]model.Permission{labs: p, vault: p}
}

// everywhere is a permission from each package itself, or on all that brook owns.
func everywhere(p model.Permission) map[string]model.Permission {
	return map[string]model.Permission{labs: p, vault: p, brook: p}
}

// people are the actors that have a password as well as a token for everything.
var people = []actor{
	{name: "stranger"},
	{name: "reader", ranks: inGroups(model.Read)},
	{name: "guest", ranks: everywhere(model.Read)},                   // as a collaborator
	{name: "writer", ranks: inGroups(model.Write)},                   //
	{name: "helper", ranks: everywhere(model.Write)},                 // as a collaborator
	{name: "neighbour", ranks: inGroups(model.Write), only: "finch"}, // as a collaborator of that alone
	{name: "manager", ranks: inGroups(model.Admin)},
	{name: "specialist", ranks: inGroups(model.Admin), only: "finch"},               // by a group that reads, with a level of its own on that
	{name: "creator", ranks: inGroups(model.Write), creates: []string{labs, vault}}, // by a group for all packages
	owner,
	{name: "administrator", admin: true}, // of the site
}

var owner = actor{
	name: "owner", ranks: everywhere(model.Admin), creates: []string{labs, vault, brook}, owns: []string{labs, vault, brook},
}

// loginOf is the login of a person in the matrix.
func loginOf(name string) string {
	switch name {
	case "owner":
		return brook
	case "administrator":
		return "ada"
	}
	return name
}

// actors makes everybody's tokens in the world under construction.
func actors(t *testing.T, s *registrytest.Site) []actor {
	t.Helper()
	all := []actor{{name: "anonymous"}}
	for _, p := range people {
		p.login, p.secret, p.scopes = loginOf(p.name), s.Token(t, loginOf(p.name), "all"), model.AllScopes
		all = append(all, p)
	}
	for _, scope := range model.Scopes[1:] { // the owner's own has the first, all
		a := owner
		a.name, a.login, a.secret, a.scopes = string(scope.Scope), brook, s.Token(t, brook, string(scope.Scope)), model.ScopeSet{scope.Scope}
		all = append(all, a)
	}
	org := actor{name: "organization", login: labs, secret: s.Token(t, labs), scopes: model.AllScopes}
	org.ranks, org.creates, org.owns = map[string]model.Permission{labs: model.Admin}, []string{labs}, []string{labs}
	return append(append(all, org), deadActors(t, s)...)
}

// deadActors had every right once.
func deadActors(t *testing.T, s *registrytest.Site) []actor {
	t.Helper()
	expired, _, err := s.CreateToken(t.Context(), s.Actor(t, brook), brook, registry.NewToken{Name: "expired", Lifetime: time.Nanosecond})
	check(t, err)
	revoked := s.Token(t, brook)
	check(t, s.EndToken(t.Context(), s.TokenActor(t, revoked)))
	disabled := s.Token(t, "gone")
	check(t, s.SetDisabled(t.Context(), model.LocalOperator(), "gone", true))
	return []actor{
		{name: "expired", secret: expired, dead: true}, {name: "revoked", secret: revoked, dead: true}, {name: "disabled", login: "gone", secret: disabled, dead: true},
	}
}

// form is a way to send a credential.
type form struct {
	name string
	set  func(r *http.Request, a actor)
	// prefix is put before the path, with the token in it, for forms that have
	// it there.
	prefix func(secret string) string
	only   model.Surface // empty: any
}

// usual is the form that the others are compared with: on pages the session, and
// a token in a header elsewhere.
var usual = form{set: func(r *http.Request, a actor) {
	if a.cookie != "" {
		r.AddCookie(&http.Cookie{Name: "vivarium_session", Value: a.cookie})
	}
	if a.secret != "" {
		r.Header.Set("Authorization", "token "+a.secret)
	}
}}

var forms = []form{
	{name: "bearer", set: func(r *http.Request, a actor) { r.Header.Set("Authorization", "Bearer "+a.secret) }},
	{name: "key", set: func(r *http.Request, a actor) { r.Header.Set("X-Api-Key", a.secret) }},
	{name: "first half", set: func(r *http.Request, a actor) { r.SetBasicAuth(a.secret, "x-auth-token") }},
	{name: "second half", set: func(r *http.Request, a actor) { r.SetBasicAuth("__token__", a.secret) }},
	{name: "password", set: func(r *http.Request, a actor) { r.SetBasicAuth(a.login, registrytest.Password) }},
	{name: "path", only: model.CondaSurface, prefix: func(secret string) string { return "/conda/t/" + secret }},
	{name: "path after all", only: model.CondaSurface, prefix: func(secret string) string { return "/t/" + secret + "/conda" }},
	{name: "path at the root", only: model.CondaSurface, prefix: func(secret string) string { return "/t/" + secret }},
	{name: "path", only: model.PyPISurface, prefix: func(secret string) string { return "/pypi/t/" + secret }},
	{name: "path after all", only: model.PyPISurface, prefix: func(secret string) string { return "/t/" + secret + "/pypi" }},
	{name: "path", only: model.RSurface, prefix: func(secret string) string { return "/cran/t/" + secret }},
	{name: "path after all", only: model.RSurface, prefix: func(secret string) string { return "/t/" + secret + "/cran" }},
}

// fits reports whether a has what the form f sends to a row. Passwords are slow by
// design, and the more so when none is right, so that a few people stand for all.
func (f form) fits(a actor, row model.Route) bool {
	switch {
	case a.anonymous(), row.Surface == model.PageSurface, f.only != "" && f.only != row.Surface:
		return false
	case f.name == "password":
		return a.name == "owner" || a.name == "stranger" || a.name == "disabled" && row.On == model.OnSelf
	}
	return true
}

// sample are the actors whose writes are tried in every form: one who may, one
// who lacks the scope, one the right, and one who is nobody any more.
var sample = []string{"owner", "conda:download", "stranger", "revoked"}
