package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/web"
)

func TestHome(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.visitor(t)
	b.get("/").want(t, http.StatusOK).shows(t, "<h1>A quiet home", "<b>0</b> packages", "Nothing is public here yet", "Sign Up", "Sign In", "Confirm password")
	s.publish(t, "labs", condatest.Spec{Name: "reefscan", Summary: "Counts corals"}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)
	b.get("/").want(t, http.StatusOK).shows(t, "<b>1</b> package", "Counts corals", `href="/labs/reefscan"`,
		"conda config --add channels http://vivarium.test/conda/labs").hides(t, "hushhush")
}

func TestHomeOfASiteThatShowsStrangersNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.Anonymous = false })
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	s.visitor(t).get("/").want(t, http.StatusOK).hides(t, "reefscan", "labs")
}

func TestDashboard(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "brook", condatest.Spec{Name: "sonarkit"}, model.Private)
	s.as(t, "brook").get("/landscape").want(t, http.StatusOK).
		shows(t, "<h1>Dashboard</h1>", "<dd>1</dd>", "sonarkit", "Private", "No notebooks yet", "No environments yet").hides(t, "Publish your first package")
	s.visitor(t).get("/landscape").leadsTo(t, "/signin?next=%2Flandscape")
}

func TestTerms(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.visitor(t).get("/terms").want(t, http.StatusOK).shows(t, "<h1>Terms and Conditions</h1>", "<h2>Your account</h2>", "No warranty")
	own := web.New(web.Options{Registry: s.Registry, Sessions: sessionsOf(s.Site), Terms: "Be kind.\nAlways.\n\n## Limits\nNo <script>.\r\n\r\nBye."})
	w := httptest.NewRecorder()
	muxes(own.Handlers()).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://vivarium.test/terms", nil))
	answer{w, "GET /terms"}.want(t, http.StatusOK).shows(t, "<p>Be kind. Always.</p>", "<h2>Limits</h2><p>No &lt;script&gt;.</p><p>Bye.</p>").hides(t, "Your account")
}

func TestTheme(t *testing.T) {
	t.Parallel()
	b := newSite(t).visitor(t)
	b.post("/account/theme", url.Values{"theme": {"dark"}, "next": {"/terms"}}).leadsTo(t, "/terms")
	b.get("/terms?from=here").want(t, http.StatusOK).shows(t, `data-theme="dark"`, `id="theme-dark" checked`, `name="next" value="/terms?from=here"`)
	b.post("/account/theme", url.Values{"theme": {"purple"}, "next": {"//evil.test"}}).leadsTo(t, "/")
	b.get("/terms").want(t, http.StatusOK).hides(t, "data-theme=")
}

func TestAvatar(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := s.visitor(t).get("/avatar/brook").want(t, http.StatusOK)
	a.shows(t, "<svg", "rotate(")
	h := a.Header()
	if h.Get("Content-Type") != "image/svg+xml" || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") || h.Get("Set-Cookie") != "" {
		t.Errorf("headers: %v", h)
	}
	r := httptest.NewRequest(http.MethodGet, "http://vivarium.test/avatar/BROOK", nil)
	r.Header.Set("If-None-Match", h.Get("ETag"))
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	answer{w, "GET /avatar/BROOK"}.want(t, http.StatusNotModified)
	if known, unknown := s.visitor(t).get("/avatar/nobody-here").Code, a.Code; known != unknown {
		t.Errorf("a picture tells whether there is an account: %d and %d", known, unknown)
	}
}
