package main

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// actor is somebody in the matrix, with what they send to say who they are.
type actor struct {
	name   string
	login  string // of a person; empty: only a token
	secret string // empty: anonymous
	// rank is what groups, collaborators and ownership give in labs and in
	// vault; a token of labs is nobody in vault.
	rank, rankInVault model.Permission
	only              string // the one package that rank is for; empty: all
	creates           bool   // may make packages: an owner, or a group for all
	owns, ownsVault   bool
	scopes            model.ScopeSet
	dead              bool // the credential is not valid: expired, revoked, disabled
}

func (a actor) anonymous() bool { return a.secret == "" }

// people are the actors that have a password as well as a token for everything,
// and what they are given in both channels.
var people = []actor{
	{name: "stranger"},
	{name: "reader", rank: model.Read},                    // by a group
	{name: "guest", rank: model.Read},                     // as a collaborator
	{name: "writer", rank: model.Write},                   // by a group
	{name: "helper", rank: model.Write},                   // as a collaborator
	{name: "neighbour", rank: model.Write, only: "shown"}, // as a collaborator of that alone
	{name: "manager", rank: model.Admin},
	{name: "specialist", rank: model.Admin, only: "shown"}, // by a group that reads, with a level of its own on that
	{name: "creator", rank: model.Write, creates: true},    // by a group for all packages
	{name: "owner", rank: model.Admin, creates: true, owns: true},
	{name: "administrator"}, // of the site
}

// actors makes everybody's credentials in the world under construction.
func actors(t *testing.T, s *registrytest.Site) []actor {
	t.Helper()
	all := []actor{{name: "anonymous"}}
	for _, p := range people {
		p.login, p.secret, p.scopes = loginOf(p.name), s.Token(t, loginOf(p.name), "all"), model.AllScopes
		p.rankInVault, p.ownsVault = p.rank, p.owns
		all = append(all, p)
	}
	owner := actor{rank: model.Admin, rankInVault: model.Admin, creates: true, owns: true, ownsVault: true}
	for _, scope := range model.Scopes[1:] { // the owner's own has the first, all
		a := owner
		a.name, a.secret, a.scopes = string(scope.Scope), s.Token(t, "brook", string(scope.Scope)), model.ScopeSet{scope.Scope}
		all = append(all, a)
	}
	org := owner
	org.name, org.secret, org.scopes, org.rankInVault, org.ownsVault = "organization", s.Token(t, "labs"), model.AllScopes, model.NoAccess, false
	return append(append(all, org), deadActors(t, s)...)
}

// deadActors had every right once.
func deadActors(t *testing.T, s *registrytest.Site) []actor {
	t.Helper()
	expired, _, err := s.CreateToken(t.Context(), s.Actor(t, "brook"), "brook", registry.NewToken{Name: "expired", Lifetime: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	revoked := s.Token(t, "brook")
	if err := s.EndToken(t.Context(), s.TokenActor(t, revoked)); err != nil {
		t.Fatal(err)
	}
	disabled := s.Token(t, "gone")
	if err := s.SetDisabled(t.Context(), model.LocalOperator(), "gone", true); err != nil {
		t.Fatal(err)
	}
	return []actor{{name: "expired", secret: expired, dead: true}, {name: "revoked", secret: revoked, dead: true}, {name: "disabled", login: "gone", secret: disabled, dead: true}}
}

// loginOf is the login of a person in the matrix.
func loginOf(name string) string {
	switch name {
	case "owner":
		return "brook"
	case "administrator":
		return "ada"
	}
	return name
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

// header is the form that the others are compared with.
var header = form{name: "token", set: func(r *http.Request, a actor) { r.Header.Set("Authorization", "token "+a.secret) }}

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

// fits reports whether a has what the form f sends, on that surface. Passwords
// are slow by design, so that a few people stand for all.
func (f form) fits(a actor, s model.Surface) bool {
	return !a.anonymous() && (f.only == "" || f.only == s) && (f.name != "password" || slices.Contains([]string{"owner", "stranger", "disabled"}, a.name))
}

// sample are the actors whose writes are tried in every form: one who may, one
// who lacks the scope, one the right, and one who is nobody any more.
func sample(all []actor) []actor {
	return slices.DeleteFunc(slices.Clone(all), func(a actor) bool {
		return !slices.Contains([]string{"owner", "conda:download", "stranger", "revoked"}, a.name)
	})
}
