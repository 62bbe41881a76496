package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry/registrytest"
	"vivarium/app/web"
)

// signInAt posts a sign-in to an address and returns the answer.
func signInAt(s site, base string, cookies ...*http.Cookie) *http.Response {
	form := url.Values{"username": {"brook"}, "password": {registrytest.Password}}
	r := httptest.NewRequest(http.MethodPost, base+"/signin", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	return w.Result()
}

func TestSessionCookie(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tests := []struct {
		base, name string
		secure     bool
	}{
		{"http://vivarium.test", "vivarium_session", false},
		{"https://vivarium.test", "__Host-vivarium_session", true},
	}
	for _, tt := range tests {
		cookies := signInAt(s, tt.base).Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%s: got %d cookies, want 1", tt.base, len(cookies))
		}
		c := cookies[0]
		if c.Name != tt.name || c.Secure != tt.secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("%s: got %s, want %s with HttpOnly, Lax, Secure %v", tt.base, c, tt.name, tt.secure)
		}
	}
}

func TestSigningInChangesTheSessionID(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	planted := &http.Cookie{Name: "vivarium_session", Value: "planted-by-somebody-else"}
	first := signInAt(s, "http://vivarium.test", planted).Cookies()[0]
	if first.Value == planted.Value {
		t.Fatal("the planted id was kept")
	}
	second := signInAt(s, "http://vivarium.test", first).Cookies()[0]
	if second.Value == first.Value {
		t.Error("a new sign-in kept the old id")
	}
	b := s.visitor(t)
	b.cookies[first.Name] = first
	b.get("/landscape").leadsTo(t, "/signin?next=%2Flandscape")
}

func TestVisitorsGetNoCookie(t *testing.T) {
	t.Parallel()
	b := newSite(t).visitor(t)
	for _, path := range []string{"/", "/signin", "/signup", "/terms", "/labs", "/nobody", "/landscape"} {
		if got := b.get(path).Header().Values("Set-Cookie"); len(got) > 0 {
			t.Errorf("GET %s sets %q", path, got)
		}
	}
}

func TestDisabledAccountIsSignedOut(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "casey")
	if err := s.SetDisabled(t.Context(), model.LocalOperator(), "casey", true); err != nil {
		t.Fatal(err)
	}
	b.get("/landscape").leadsTo(t, "/signin?next=%2Flandscape")
	b.post("/signin", url.Values{"username": {"casey"}, "password": {registrytest.Password}}).want(t, http.StatusUnprocessableEntity)
}

// at is the same site when its clock is ahead.
func (s site) at(ahead time.Duration) site {
	later := s.Later(ahead)
	ui := web.New(web.Options{Registry: later.Registry, Sessions: sessionsOf(s.Site)})
	return site{later, ui, web.Canonical(muxes(ui.Handlers()))}
}

func TestSessionLifetimes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	const day = 24 * time.Hour
	b := s.as(t, "brook")
	visit := func(after time.Duration) *browser {
		b.site = s.at(after)
		return b
	}
	visit(29*day).get("/landscape").want(t, http.StatusOK)
	visit(58*day).get("/landscape").want(t, http.StatusOK)
	visit(87*day).get("/landscape").want(t, http.StatusOK)
	visit(91*day).get("/landscape").leadsTo(t, "/signin?next=%2Flandscape")

	b = s.as(t, "brook")
	visit(31*day).get("/landscape").leadsTo(t, "/signin?next=%2Flandscape")
}

func TestLostOwnershipEndsActing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "brook")
	b.post("/account/acting", url.Values{"account": {"labs"}}).leadsTo(t, "/landscape")
	if err := s.DeleteUser(t.Context(), model.LocalOperator(), "brook"); err == nil {
		t.Fatal("the last owner of labs could be deleted")
	}
	b.get("/landscape").want(t, http.StatusOK).shows(t, "active account: labs")
}
