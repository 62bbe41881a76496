package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"vivarium/app/registry/registrytest"
)

// TestX11OldSessionsAreDead keeps the cookie of before each change of who is signed
// in, and of what they may do: it opens nothing afterwards.
func TestX11OldSessionsAreDead(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const another = "another good phrase"
	steps := []struct {
		path string
		form url.Values
	}{
		{"/account/acting", url.Values{"account": {"labs"}}},
		{"/account/acting", url.Values{"account": {"brook"}}},
		{"/account/security", passwordForm(registrytest.Password, another, another)},
		{"/signin", url.Values{"username": {"brook"}, "password": {another}}},
		{"/signout", url.Values{}},
	}
	b, old := s.as(t, "brook"), s.visitor(t)
	for _, step := range steps {
		before := b.cookies["vivarium_session"]
		old.cookies["vivarium_session"] = before
		old.get("/landscape").want(t, http.StatusOK)
		b.post(step.path, step.form).want(t, http.StatusSeeOther)
		if b.cookies["vivarium_session"].Value == before.Value {
			t.Errorf("POST %s keeps the session's id", step.path)
		}
		old.cookies["vivarium_session"] = before
		old.get("/landscape").leadsTo(t, "/signin?next=%2Flandscape")
	}
	b.get("/landscape").leadsTo(t, "/signin?next=%2Flandscape")
}
