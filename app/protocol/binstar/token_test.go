package binstar_test

import (
	"net/http"
	"net/url"
	"testing"

	"vivarium/app/registry/registrytest"
)

func (s *site) newToken(t *testing.T, who string, changes map[string]any) string {
	t.Helper()
	w := s.must(t, http.StatusOK, "", http.MethodPost, "/api/authentications", login(changes), "Authorization", basic(who, registrytest.Password))
	return object(t, w)["token"].(string)
}

func TestTokens(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.newToken(t, "brook", nil)
	s.newToken(t, "brook", map[string]any{"note": "ci", "scopes": []string{"conda:download", "repos"}, "max-age": 3600})
	golden(t, "tokens", s.do(t, token, http.MethodGet, "/api/authentications", nil))
	golden(t, "token", s.do(t, token, http.MethodGet, "/api/authentication", nil))
	refusal(t, s.do(t, s.newToken(t, "brook", map[string]any{"note": "r", "scopes": []string{"api:read"}}), http.MethodGet, "/api/authentications", nil), http.StatusForbidden)
}

// TestRevokeToken takes names that clients put into the path as they are.
func TestRevokeToken(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.newToken(t, "brook", map[string]any{"note": "master"})
	for _, name := range []string{"ci", "binstar_client:lab:ada@desk", "a/b c", "100%", "ümlaut"} {
		other := s.newToken(t, "brook", map[string]any{"note": name})
		path := "/api/authentications/name/" + (&url.URL{Path: name}).EscapedPath()
		golden(t, "deleted", s.must(t, http.StatusCreated, token, http.MethodDelete, path, nil))
		refusal(t, s.do(t, other, http.MethodGet, "/api/user", nil), http.StatusUnauthorized)
		refusal(t, s.do(t, token, http.MethodDelete, path, nil), http.StatusNotFound)
	}
	org := s.newToken(t, "brook", map[string]any{"note": "shared", "user": "labs"})
	const path = "/api/authentications/org/labs/name/shared"
	refusal(t, s.do(t, s.newToken(t, "casey", nil), http.MethodDelete, path, nil), http.StatusForbidden)
	s.must(t, http.StatusOK, org, http.MethodGet, "/api/user", nil)
	s.must(t, http.StatusCreated, token, http.MethodDelete, path, nil)
	refusal(t, s.do(t, org, http.MethodGet, "/api/user", nil), http.StatusUnauthorized)
}

// TestLogout ends the token itself, whatever its scopes.
func TestLogout(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.newToken(t, "brook", map[string]any{"scopes": []string{"conda:download"}})
	s.must(t, http.StatusCreated, token, http.MethodDelete, "/api/authentications", nil)
	refusal(t, s.do(t, token, http.MethodDelete, "/api/authentications", nil), http.StatusUnauthorized)
}
