package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// pathOf fills the wildcards of a pattern.
func pathOf(pattern string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	return method, strings.NewReplacer("{channel}", "brook", "{package}", "sonarkit", "{token}", "1", "{login}", "brook", "{org}", "labs", "{group}", "Owners", "{$}", "").Replace(path)
}

func TestHeadersOfEveryPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "brook", condatest.Spec{Name: "sonarkit"}, model.Public)
	visitor, brook := s.visitor(t), s.as(t, "brook")
	for _, route := range registry.Routes() {
		method, path := pathOf(route.Pattern)
		if route.Surface != model.PageSurface || method != http.MethodGet || strings.HasPrefix(path, "/avatar/") || strings.HasPrefix(path, "/.well-known/") {
			continue
		}
		for _, b := range []*browser{visitor, brook} {
			h := b.get(path).Header()
			if got := h.Get("Content-Security-Policy"); got != policy {
				t.Errorf("GET %s: policy %q", path, got)
			}
			if got := strings.Join(h.Values("Vary"), ", "); got != "Cookie, HX-Request-Type, HX-Request, Accept-Encoding" {
				t.Errorf("GET %s: Vary %q", path, got)
			}
			if h.Get("X-Frame-Options") != "DENY" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "same-origin" {
				t.Errorf("GET %s: headers %v", path, h)
			}
			want := "no-cache"
			if b == brook || strings.Contains(route.Pattern, "{secret}") {
				want = "no-store"
			}
			if got := h.Get("Cache-Control"); got != want {
				t.Errorf("GET %s: Cache-Control %q, want %q", path, got, want)
			}
		}
	}
}

// asked is a request with headers of its own.
func (b *browser) asked(method, url string, header http.Header) answer {
	r := httptest.NewRequest(method, url, nil)
	r.Header = header
	for _, c := range b.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.site.pages.ServeHTTP(w, r)
	return answer{w, method + " " + url}
}

// Who leaves while the page is made, as who clicks on before it came, is no fault
// of the site.
func TestVisitorsWhoLeaveAreNoFault(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "brook", condatest.Spec{Name: "sonarkit"}, model.Public)
	brook := s.as(t, "brook")
	left, cancel := context.WithCancel(t.Context())
	cancel()
	for _, route := range registry.Routes() {
		method, path := pathOf(route.Pattern)
		if route.Surface != model.PageSurface {
			continue
		}
		for _, b := range []*browser{s.visitor(t), brook} {
			s.Log.Reset()
			r := httptest.NewRequestWithContext(left, method, "http://vivarium.test"+path, nil)
			for _, c := range b.cookies {
				r.AddCookie(c)
			}
			s.pages.ServeHTTP(httptest.NewRecorder(), r)
			if s.Log.Len() > 0 {
				t.Errorf("%s was logged: %s", route.Pattern, s.Log)
			}
		}
	}
}

func TestRequestsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "brook")
	for _, route := range registry.Routes() {
		method, path := pathOf(route.Pattern)
		if route.Surface != model.PageSurface || method == http.MethodGet {
			continue
		}
		for _, h := range []http.Header{
			{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Origin": {"http://evil.test"}}, {"Origin": {"null"}},
		} {
			b.asked(http.MethodPost, "http://vivarium.test"+path, h).want(t, http.StatusForbidden).shows(t, "came from another site")
		}
	}
	b.get("/landscape").want(t, http.StatusOK)
}

func TestOwnFormsPassBehindAProxy(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	r := httptest.NewRequest(http.MethodPost, "https://vivarium.test/account/theme", nil)
	r.Host = "backend:8080"
	r.Header.Set("Origin", "https://vivarium.test")
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	answer{w, "POST /account/theme"}.leadsTo(t, "/")
}

func TestHiddenAndAbsentLookAlike(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)
	for _, b := range []*browser{s.visitor(t), s.as(t, "casey")} {
		page := func(path string) string { return b.get(path).want(t, http.StatusNotFound).Body.String() }
		hidden, absent := page("/labs/hushhush"), page("/labs/missing?version=2")
		if hidden != absent {
			t.Errorf("they differ:\n%s\n%s", hidden, absent)
		}
	}
}

func TestErrorsInPlace(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "casey")
	b.HTMX = true
	a := b.get("/labs/settings/access").want(t, http.StatusForbidden)
	a.shows(t, `role="alert"`).hides(t, "<html")
	if a.Header().Get("HX-Retarget") != "#toasts" || a.Header().Get("HX-Reswap") != "beforeend" {
		t.Errorf("the message goes to %q by %q", a.Header().Get("HX-Retarget"), a.Header().Get("HX-Reswap"))
	}
	v := s.visitor(t)
	v.HTMX = true
	if got := v.get("/landscape").want(t, http.StatusNoContent).Header().Get("HX-Redirect"); got != "/signin?next=%2Flandscape" {
		t.Errorf("HX-Redirect: got %q", got)
	}
}

func TestSignInLeadsBackToThePageOfTheForm(t *testing.T) {
	t.Parallel()
	b := newSite(t).visitor(t)
	for from, next := range map[string]string{
		"http://vivarium.test/labs?q=a": "/signin?next=%2Flabs%3Fq%3Da",
		"http://evil.test/labs":         "/signin?next=%2Flandscape",
		"http://vivarium.test//evil":    "/signin",
		"http://vivarium.test:bad\x00/": "/signin?next=%2Flandscape",
	} {
		b.asked(http.MethodPost, "http://vivarium.test/account/profile", http.Header{"Referer": {from}}).leadsTo(t, next)
	}
}

func TestHistoryRestoreGetsTheWholePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	r := httptest.NewRequest(http.MethodGet, "http://vivarium.test/labs", nil)
	r.Header.Set("HX-History-Restore-Request", "true")
	r.Header.Set("HX-Request-Type", "full")
	r.Header.Set("HX-Request", "true")
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	answer{w, "GET /labs"}.want(t, http.StatusOK).shows(t, "<html", "<h1>")
}

func TestCanonicalAddresses(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "labels"}, model.Public)
	b := s.visitor(t)
	for _, path := range []string{"/labs/reefscan", "/labs/packages/reefscan", "/labs/reefscan/files", "/LABS/reefscan/versions", "/labs/packages/labels"} {
		b.get(path).want(t, http.StatusOK)
	}
	b.get("/labs/labels").want(t, http.StatusOK).shows(t, "<h1>Labels")
	for from, to := range map[string]string{"/labs/": "/labs", "/labs/reefscan/": "/labs/reefscan", "/signin/?next=%2Flabs": "/signin?next=%2Flabs"} {
		a := b.get(from).want(t, http.StatusPermanentRedirect)
		if got := a.Header().Get("Location"); got != to {
			t.Errorf("GET %s leads to %q, want %q", from, got, to)
		}
	}
	casey := s.as(t, "casey")
	if got := casey.post("/labs/reefscan/settings", url.Values{"access": {"private"}}).Code; got != http.StatusForbidden {
		t.Errorf("POST in the short form: got %d, want 403", got)
	}
}

func TestRefusedBeforeAnyPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	tests := []struct {
		status int
		err    error
		shows  string
	}{
		{http.StatusMisdirectedRequest, model.Errorf(model.Invalid, "Use http://vivarium.test."), "This site has another address"},
		{http.StatusMethodNotAllowed, model.Errorf(model.Invalid, "This address takes GET only."), "GET only"},
		{http.StatusTooManyRequests, model.Errorf(model.TooMany, "Slow down."), "A little too fast"},
		{http.StatusNotFound, model.Errorf(model.NotFound, "Nothing."), "There is nothing to see here"},
		{http.StatusServiceUnavailable, model.Errorf(model.ReadOnly, "Read only."), "Nothing can be changed just now"},
	}
	for _, tt := range tests {
		w := httptest.NewRecorder()
		s.ui.RefusePage(tt.status, tt.err).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://vivarium.test/x", nil))
		answer{w, "GET /x"}.want(t, tt.status).shows(t, tt.shows, "<html")
	}
}
