package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

func signUpForm(login string) url.Values {
	return url.Values{
		"username": {login}, "email": {login + "@example.test"}, "terms": {"yes"},
		"password": {registrytest.Password}, "confirm": {registrytest.Password},
	}
}

func TestSignUpSignsInAndLandsOnTheDashboard(t *testing.T) {
	t.Parallel()
	b := newSite(t).visitor(t)
	b.get("/signup").want(t, http.StatusOK).shows(t, "I have read and accept the", `autocomplete="new-password"`)
	b.post("/signup", signUpForm("Newcomer")).leadsTo(t, "/landscape")
	b.get("/landscape").want(t, http.StatusOK).shows(t, "<h1>Dashboard</h1>", "Welcome, newcomer.",
		"anaconda config --set url http://vivarium.test/api", "anaconda login --username newcomer",
		"conda install -c http://vivarium.test/conda/newcomer yourpackage", "rattler create -c")
	b.get("/").leadsTo(t, "/landscape")
	b.get("/signup").leadsTo(t, "/landscape")
	b.get("/signin").leadsTo(t, "/landscape")
}

func TestSignUpKeepsWhatWasTypedButNotThePasswords(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	form := url.Values{"username": {`Reef "Lab"`}, "email": {"mara@"}, "password": {"short"}, "confirm": {"other-secret"}}
	a := s.visitor(t).post("/signup", form).want(t, http.StatusUnprocessableEntity)
	a.shows(t, "<title>Error: Sign up", `role="alert"`, "The account was not created", `value="Reef &#34;Lab&#34;"`, `value="mara@"`,
		`<a href="#username">`, `<a href="#email">`, `<a href="#password">`, `<a href="#confirm">`, `<a href="#terms">`,
		`aria-describedby="username-e username-h"`, `id="terms-e"`)
	a.hides(t, "other-secret", `value="short"`)

	taken := signUpForm("brook")
	s.visitor(t).post("/signup", taken).want(t, http.StatusUnprocessableEntity).shows(t, `value="brook"`, `<a href="#username">`, "checked")
	reserved := signUpForm("landscape")
	s.visitor(t).post("/signup", reserved).want(t, http.StatusUnprocessableEntity).shows(t, "is reserved")
}

func TestClosedSignUp(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.SignupOpen = false })
	b := s.visitor(t)
	b.get("/signup").want(t, http.StatusForbidden).shows(t, "Sign-up is closed", "administrators")
	b.post("/signup", signUpForm("newcomer")).want(t, http.StatusForbidden)
	b.get("/").want(t, http.StatusOK).shows(t, "Username or email").hides(t, "Confirm password")
	if _, err := s.Account(t.Context(), s.Actor(t, "ada"), "newcomer"); model.CodeOf(err) != model.NotFound {
		t.Errorf("the account after a refused sign-up: got %v, want NotFound", err)
	}
}

func TestSignInWithNameOrAddress(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, name := range []string{"brook", "BROOK", " brook@example.test "} {
		b := s.visitor(t)
		b.post("/signin", url.Values{"username": {name}, "password": {registrytest.Password}}).leadsTo(t, "/landscape")
		b.get("/landscape").want(t, http.StatusOK).shows(t, "Profile menu, active account: brook")
	}
}

func TestWrongSignInsLookAlike(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	body := func(name string) string {
		a := s.visitor(t).post("/signin", url.Values{"username": {name}, "password": {"wrong-secret"}}).want(t, http.StatusUnprocessableEntity)
		a.shows(t, "Wrong username or password", `value="`+name+`"`, "<title>Error: Sign in").hides(t, "wrong-secret")
		if a.Header().Get("Set-Cookie") != "" {
			t.Errorf("a refused sign-in of %s sets a cookie", name)
		}
		return strings.ReplaceAll(a.Body.String(), name, "NAME")
	}
	if known, unknown := body("brook"), body("nobody-here"); known != unknown {
		t.Errorf("a known and an unknown name differ:\n%s\n%s", known, unknown)
	}
}

func TestTooManySignInsWait(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.SignInAttempts = 2 })
	b := s.visitor(t)
	wrong := url.Values{"username": {"brook"}, "password": {"wrong"}}
	for range 2 {
		b.post("/signin", wrong).want(t, http.StatusUnprocessableEntity)
	}
	a := b.post("/signin", wrong).want(t, http.StatusTooManyRequests).shows(t, "A little too fast", "You can try again")
	if a.Header().Get("Retry-After") == "" {
		t.Error("429 without Retry-After")
	}
}

func TestSignInGoesOnToLocalPagesOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.visitor(t).get("/signin?next=/labs/reefscan").want(t, http.StatusOK).shows(t, "Sign in to go on", `name="next" value="/labs/reefscan"`)
	form := url.Values{"username": {"brook"}, "password": {registrytest.Password}, "next": {"/labs?q=a%20b"}}
	s.visitor(t).post("/signin", form).leadsTo(t, "/labs?q=a%20b")
	for _, next := range foreign {
		form.Set("next", next)
		b := s.visitor(t)
		b.post("/signin", form).leadsTo(t, "/landscape")
		b.get("/signin?next="+url.QueryEscape(next)).leadsTo(t, "/landscape")
		s.visitor(t).get("/signin?next="+url.QueryEscape(next)).want(t, http.StatusOK).hides(t, "Sign in to go on")
	}
}

// foreign are ways to be led to another site (X10).
var foreign = []string{
	"//evil.test", "///evil.test", "////evil.test", "/\\evil.test", "/\\/evil.test", "\\evil.test", "\\\\evil.test", "https://evil.test",
	"http://evil.test/", "http:evil.test", "https:///evil.test", "javascript:alert(1)", "data:text/html,x", "evil.test", "evil.test/labs",
	"/\t/evil.test", "/\n/evil.test", "/\r/evil.test", "\t//evil.test", " //evil.test", " /labs", "/labs evil", "/%", "/\x00", "/\x7f/evil",
	"//evil.test/%2f..", "///evil.test/..", "@evil.test", "//user@evil.test", "?next=//evil.test", "#//evil.test", "./labs", "../labs",
	"/\u2028/evil.test", "/\u00a0/evil.test", "/\ufffd/evil", "//[::1]/", "mailto:a@evil.test", "//evil.test:80/x", "HTTPS://EVIL.TEST",
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	b := newSite(t).as(t, "brook")
	a := b.post("/signout", url.Values{})
	a.leadsTo(t, "/")
	if got := a.Header().Get("Clear-Site-Data"); !strings.Contains(got, "cache") {
		t.Errorf("Clear-Site-Data: got %q", got)
	}
	b.get("/landscape").leadsTo(t, "/signin?next=%2Flandscape")
	b.get("/").want(t, http.StatusOK).shows(t, "Sign Up")
}

func TestRecoveryWithoutMail(t *testing.T) {
	t.Parallel()
	b := newSite(t).visitor(t)
	b.get("/forgot-password").want(t, http.StatusOK).shows(t, "ask its administrator", "app admin reset-link")
	b.get("/forgot-username").want(t, http.StatusOK).shows(t, "ask its administrator")
	b.get("/account/forgot_password").leadsTo(t, "/forgot-password")
}

func TestSwitchingTheActiveAccount(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "brook")
	b.post("/account/acting", url.Values{"account": {"labs"}}).leadsTo(t, "/landscape")
	b.get("/landscape").want(t, http.StatusOK).shows(t, "active account: labs", `href="/labs/packages"`, "anaconda upload --user labs", "anaconda login --username brook")
	b.get("/account/profile").leadsTo(t, "/labs/settings/profile")
	b.post("/account/acting", url.Values{"account": {"brook"}}).leadsTo(t, "/landscape")
	b.get("/landscape").want(t, http.StatusOK).shows(t, "active account: brook")

	casey := s.as(t, "casey")
	casey.post("/account/acting", url.Values{"account": {"labs"}}).want(t, http.StatusForbidden)
	casey.post("/account/acting", url.Values{"account": {"nobody"}}).want(t, http.StatusNotFound)
	casey.get("/landscape").want(t, http.StatusOK).shows(t, "active account: casey").hides(t, `value="labs"`)
}
