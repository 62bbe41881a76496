package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"vivarium/app/registry/registrytest"
)

func TestProfile(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "brook")
	form := url.Values{"name": {`Brook <b>`}, "description": {"Tides & reefs"}, "company": {"Lab"}, "location": {"Kiel"}, "url": {"https://brook.example.test"}}
	b.post("/account/profile", form).leadsTo(t, "/account/profile")
	a := b.get("/account/profile").want(t, http.StatusOK)
	a.shows(t, "Profile saved.", `value="Brook &lt;b&gt;"`, "Tides &amp; reefs</textarea>", "brook@example.test", "Kiel")
	b.get("/account/profile").want(t, http.StatusOK).hides(t, "Profile saved.")

	form.Set("url", "javascript:alert(1)")
	b.post("/account/profile", form).want(t, http.StatusUnprocessableEntity).
		shows(t, "<title>Error: Profile", `<a href="#url">`, `value="javascript:alert(1)"`, `aria-describedby="url-e"`)
}

func TestProfileInPlace(t *testing.T) {
	t.Parallel()
	b := newSite(t).as(t, "brook")
	b.HTMX = true
	a := b.post("/account/profile", url.Values{"name": {"Brook"}}).want(t, http.StatusOK)
	a.shows(t, "Saved just now", `id="announce"`, "Profile saved").hides(t, "<html", "<header")
	b.post("/account/profile", url.Values{"url": {"nowhere"}}).want(t, http.StatusUnprocessableEntity).shows(t, `id="profile"`, `href="#url"`).hides(t, "<html", `id="announce"`)
}

func passwordForm(current, password, confirm string) url.Values {
	return url.Values{"current": {current}, "password": {password}, "confirm": {confirm}}
}

func TestChangingThePasswordEndsOtherSessions(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	here, there := s.as(t, "brook"), s.as(t, "brook")
	const fresh = "another good phrase"
	here.post("/account/security", passwordForm(registrytest.Password, fresh, fresh)).leadsTo(t, "/account/security")
	here.get("/account/security").want(t, http.StatusOK).shows(t, "Password changed.")
	there.get("/landscape").leadsTo(t, "/signin?next=%2Flandscape")
	s.visitor(t).post("/signin", url.Values{"username": {"brook"}, "password": {registrytest.Password}}).want(t, http.StatusUnprocessableEntity)
	s.visitor(t).post("/signin", url.Values{"username": {"brook"}, "password": {fresh}}).leadsTo(t, "/landscape")
}

func TestPasswordFormRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                       string
		current, password, confirm string
		field                      string
	}{
		{"wrong current", "not it at all", "another good phrase", "another good phrase", "current"},
		{"too short", registrytest.Password, "short", "short", "password"},
		{"the username", registrytest.Password, "mallory", "mallory", "password"},
		{"differing", registrytest.Password, "another good phrase", "another good phrase?", "confirm"},
	}
	s := newSite(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := s.as(t, "mallory")
			a := b.post("/account/security", passwordForm(tt.current, tt.password, tt.confirm)).want(t, http.StatusUnprocessableEntity)
			a.shows(t, "The password was not changed", `<a href="#`+tt.field+`">`, `id="`+tt.field+`-e"`)
			if tt.password != "mallory" && strings.Contains(a.Body.String(), `value="`+tt.password) {
				t.Error("the answer repeats the password")
			}
			b.HTMX = true
			b.post("/account/security", passwordForm(tt.current, tt.password, tt.confirm)).want(t, http.StatusUnprocessableEntity).hides(t, "<html")
		})
	}
}

func TestPasswordInPlace(t *testing.T) {
	t.Parallel()
	b := newSite(t).as(t, "brook")
	b.HTMX = true
	b.post("/account/security", passwordForm(registrytest.Password, "another good phrase", "another good phrase")).want(t, http.StatusOK).
		shows(t, "Your password is changed", "Password changed").hides(t, "<html")
	b.HTMX = false
	b.get("/landscape").want(t, http.StatusOK)
}
