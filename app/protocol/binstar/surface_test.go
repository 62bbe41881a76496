package binstar_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/protocol/binstar"
)

func TestHandlersAreTheRowsOfTheTable(t *testing.T) {
	t.Parallel()
	handlers := binstar.New(binstar.Options{}).Handlers()
	for _, row := range rows() {
		if handlers[row.Pattern] == nil {
			t.Errorf("row %q has no handler", row.Pattern)
		}
		delete(handlers, row.Pattern)
	}
	for pattern := range handlers {
		t.Errorf("handler %q has no row", pattern)
	}
}

func TestRoot(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	golden(t, "root", s.do(t, "", http.MethodGet, "/api", nil))
	golden(t, "authentication_type", s.do(t, "", http.MethodGet, "/api/authentication-type", nil))
	golden(t, "scopes", s.do(t, "", http.MethodGet, "/api/scopes", nil))
	// login, upload and update ask HEAD of the bare prefix and follow no redirect.
	for _, path := range []string{"/api", "/api/"} {
		if w := s.do(t, "viv-nonsense", http.MethodHead, path, nil); w.Code != http.StatusOK {
			t.Errorf("HEAD %s: %d", path, w.Code)
		}
	}
}

var wildcard = regexp.MustCompile(`\{[a-z]+(\.\.\.)?\}`)

// TestWrongCredentialIsRefusedEverywhere sends a wrong credential in every form
// to every row: 401 in JSON, but for the doors one needs to get a new one.
func TestWrongCredentialIsRefusedEverywhere(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Publish(t, s.Actor(t, "brook"), "brook", condatest.Spec{Name: "tiny"})
	dead := s.Token(t, "brook")
	s.must(t, http.StatusCreated, dead, http.MethodDelete, "/api/authentications", nil)
	names := strings.NewReplacer("{owner}", "brook", "{login}", "brook", "{package}", "tiny", "{version}", "1.0", "{basename...}", "noarch/tiny-1.0-0.conda", "{$}", "")
	forms := [][]string{
		{"Authorization", "token " + dead}, {"Authorization", "Bearer " + dead}, {"X-API-Key", dead}, {"Authorization", basic("__token__", dead)},
		{"Authorization", basic(dead, "x-auth-token")}, {"Authorization", basic(dead, "")}, {"Authorization", "nonsense"}, {"Authorization", "token"},
		{"Authorization", "token viv-nonsense"},
	}
	for _, row := range rows() {
		method, path, _ := strings.Cut(row.Pattern, " ")
		path = wildcard.ReplaceAllString(names.Replace(path), "x")
		if path == "/upload/stage" || method == http.MethodPost && row.Open {
			continue // they ask for a credential of their own: see their tests
		}
		for _, form := range forms {
			w := s.do(t, "", method, path, nil, form...)
			if row.Open && w.Code != http.StatusOK {
				t.Errorf("%s with %.30s: %d, want 200", row.Pattern, form[1], w.Code)
			}
			if !row.Open {
				refusal(t, w, http.StatusUnauthorized)
			}
		}
	}
}

// TestAnonymousIsAskedToSignIn goes through the rows that need somebody.
func TestAnonymousIsAskedToSignIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Publish(t, s.Actor(t, "brook"), "brook", condatest.Spec{Name: "tiny"})
	for _, ask := range []struct{ method, path, body string }{
		{"GET", "/api/user", ""}, {"GET", "/api/user/orgs", ""}, {"GET", "/api/packages", ""}, {"GET", "/api/authentication", ""},
		{"GET", "/api/authentications", ""}, {"DELETE", "/api/authentications", ""}, {"DELETE", "/api/authentications/name/x", ""},
		{"DELETE", "/api/authentications/org/labs/name/x", ""}, {"POST", "/api/package/brook/new", "{}"}, {"PATCH", "/api/package/brook/tiny", "{}"},
		{"DELETE", "/api/package/brook/tiny", ""}, {"POST", "/api/release/brook/tiny/2", "{}"}, {"DELETE", "/api/release/brook/tiny/1.0", ""},
		{"DELETE", "/api/dist/brook/tiny/1.0/noarch/tiny-1.0-0.conda", ""}, {"POST", "/api/stage/brook/tiny/1.0/noarch/a-1.0-0.conda", `{"distribution_type":"conda"}`},
		{"POST", "/api/commit/brook/tiny/1.0/noarch/a-1.0-0.conda", "{}"}, {"POST", "/api/authentications", "{}"},
	} {
		refusal(t, s.do(t, "", ask.method, ask.path, ask.body), http.StatusUnauthorized)
	}
}

// TestScopeIsForbiddenNotUnauthenticated keeps 401 for credentials that are not
// valid: at any 401 anaconda-client would ask for a password.
func TestScopeIsForbiddenNotUnauthenticated(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.Publish(t, s.Actor(t, "brook"), "brook", condatest.Spec{Name: "tiny"})
	token := s.Token(t, "brook", "conda:download")
	for _, ask := range []struct{ method, path, body, scope string }{
		{"GET", "/api/user", "", "api:read"}, {"GET", "/api/packages", "", "api:read"}, {"GET", "/api/authentications", "", "api:write"},
		{"POST", "/api/package/brook/new", "{}", "api:write"}, {"DELETE", "/api/package/brook/tiny", "", "api:write"},
		{"POST", "/api/stage/brook/tiny/1.0/noarch/a-1.0-0.conda", `{"distribution_type":"conda"}`, "api:write"},
	} {
		for _, form := range [][]string{{"X-API-Key", token}, {"Authorization", "Bearer " + token}, {"Authorization", basic("__token__", token)}} {
			if sentence := refusal(t, s.do(t, "", ask.method, ask.path, ask.body, form...), http.StatusForbidden); !strings.Contains(sentence, ask.scope) {
				t.Errorf("%s %s: %q does not name %s", ask.method, ask.path, sentence, ask.scope)
			}
		}
	}
	s.must(t, http.StatusOK, token, http.MethodGet, "/api/package/brook/tiny", nil) // what anonymous may do takes no scope
}

// TestHiddenLooksAbsent compares the answers about a private package with those
// about none, for everyone who may not see it (T12).
func TestHiddenLooksAbsent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook := s.Token(t, "brook")
	s.Publish(t, s.Actor(t, "brook"), "brook", condatest.Spec{Name: "hidden"}, "main", "hidden")
	s.must(t, http.StatusOK, brook, http.MethodPatch, "/api/package/brook/hidden", `{"access": "private"}`)
	etag := s.must(t, http.StatusOK, brook, http.MethodGet, "/api/download/brook/hidden/1.0/noarch/hidden-1.0-0.conda", nil).Header().Get("ETag")
	for _, token := range []string{"", s.Token(t, "casey"), s.Token(t, "labs")} {
		for _, path := range []string{
			"/api/package/brook/NAME", "/api/release/brook/NAME/1.0", "/api/release/brook/NAME/latest", "/api/dist/brook/NAME/1.0/noarch/NAME-1.0-0.conda",
			"/api/download/brook/NAME/1.0/noarch/NAME-1.0-0.conda", "/api/search?name=NAME", "/api/packages/brook", "/api/channels/brook", "/api/channels/brook/NAME",
		} {
			ask := func(name string) (string, int) {
				w := s.do(t, token, http.MethodGet, strings.ReplaceAll(path, "NAME", name), nil, "If-None-Match", etag, "If-Match", etag)
				return strings.ReplaceAll(w.Body.String(), name, "NAME"), w.Code
			}
			hidden, status := ask("hidden")
			absent, want := ask("absent")
			if hidden != absent || status != want || strings.Contains(hidden, "hidden") {
				t.Errorf("%s: hidden is %d %s, absent is %d %s", path, status, hidden, want, absent)
			}
		}
		for _, method := range []string{http.MethodPatch, http.MethodDelete} {
			refusal(t, s.do(t, token, method, "/api/package/brook/hidden", nil), s.do(t, token, method, "/api/package/brook/absent", nil).Code)
		}
	}
}
