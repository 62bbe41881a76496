package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/alexedwards/scs/v2"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
	"vivarium/app/web"
)

// site is the pages over a real registry.
type site struct {
	*registrytest.Site
	ui    *web.Surface
	pages http.Handler
}

func newSite(t *testing.T, options ...func(*registry.Policy)) site {
	t.Helper()
	s := registrytest.New(t, options...)
	ui := web.New(web.Options{Registry: s.Registry, Sessions: sessionsOf(s), API: smallAPI(t)})
	return site{s, ui, web.Canonical(muxes(ui.Handlers()))}
}

// muxes splits by the first segment as httpd does: patterns that begin with a
// channel's name stand in a mux of their own.
func muxes(handlers map[string]http.Handler) http.Handler {
	fixed, channels := http.NewServeMux(), http.NewServeMux()
	for _, route := range registry.Routes() {
		h := handlers[route.Pattern]
		if route.Surface != model.PageSurface || h == nil {
			continue
		}
		mux := fixed
		if strings.Contains(route.Pattern, " /{channel}") {
			mux = channels
		}
		mux.HandleFunc(route.Pattern, func(w http.ResponseWriter, r *http.Request) {
			h.ServeHTTP(w, r.WithContext(model.WithRoute(r.Context(), route)))
		})
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := fixed.Handler(r); pattern != "" {
			fixed.ServeHTTP(w, r)
			return
		}
		channels.ServeHTTP(w, r)
	})
}

func sessionsOf(s *registrytest.Site) scs.Store { return s.Store.Sessions(s.Clock) }

// browser is one visitor, with cookies. It follows no redirect.
type browser struct {
	t       *testing.T
	site    site
	cookies map[string]*http.Cookie
	// HTMX sends what htmx sends for a part of a page.
	HTMX bool
}

func (s site) visitor(t *testing.T) *browser {
	return &browser{t: t, site: s, cookies: map[string]*http.Cookie{}}
}

// as is a visitor who has signed in.
func (s site) as(t *testing.T, login string) *browser {
	t.Helper()
	b := s.visitor(t)
	b.post("/signin", url.Values{"username": {login}, "password": {registrytest.Password}}).want(t, http.StatusSeeOther)
	return b
}

func (b *browser) get(path string) answer { return b.send(http.MethodGet, path, nil) }

func (b *browser) post(path string, form url.Values) answer {
	return b.send(http.MethodPost, path, form)
}

func (b *browser) send(method, path string, form url.Values) answer {
	b.t.Helper()
	r := httptest.NewRequest(method, "http://vivarium.test"+path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if b.HTMX {
		r.Header.Set("HX-Request", "true")
		r.Header.Set("HX-Request-Type", "partial")
		if form != nil { // as fetch words it
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
		}
	}
	r.RemoteAddr = "192.0.2.7"
	for _, c := range b.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.site.pages.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		b.cookies[c.Name] = c
	}
	return answer{w, method + " " + path}
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	request string
}

func (a answer) want(t *testing.T, status int) answer {
	t.Helper()
	if a.Code != status {
		t.Fatalf("%s: got %d, want %d\n%s", a.request, a.Code, status, a.Body)
	}
	return a
}

// shows fails the test unless the body holds each of words.
func (a answer) shows(t *testing.T, words ...string) answer {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(a.Body.String(), w) {
			t.Errorf("%s does not show %q:\n%s", a.request, w, a.Body)
		}
	}
	return a
}

// hides fails the test if the body holds one of words.
func (a answer) hides(t *testing.T, words ...string) answer {
	t.Helper()
	for _, w := range words {
		if strings.Contains(a.Body.String(), w) {
			t.Errorf("%s shows %q:\n%s", a.request, w, a.Body)
		}
	}
	return a
}

// leadsTo fails the test unless the answer sends a browser to path.
func (a answer) leadsTo(t *testing.T, path string) {
	t.Helper()
	if got := a.want(t, http.StatusSeeOther).Header().Get("Location"); got != path {
		t.Errorf("%s leads to %q, want %q", a.request, got, path)
	}
}

// publish uploads a conda package of that access as brook.
func (s site) publish(t *testing.T, owner string, spec condatest.Spec, access model.Access, labels ...string) {
	t.Helper()
	brook := s.Actor(t, "brook")
	s.Publish(t, brook, owner, spec, labels...)
	if _, err := s.UpdatePackage(t.Context(), brook, owner, spec.Name, registry.PackageChange{Access: &access}); err != nil {
		t.Fatal(err)
	}
}
