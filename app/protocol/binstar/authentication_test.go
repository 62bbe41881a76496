package binstar_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

func basic(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

// login is what anaconda-client sends, with changes.
func login(changes map[string]any) map[string]any {
	body := map[string]any{
		"scopes": nil, "note": "binstar_client:ada@desk", "note_url": "http://vivarium.test:8080/api", "hostname": "desk", "user": nil,
		"max-age": nil, "strength": "strong", "fail-if-exists": true,
	}
	for key, value := range changes {
		body[key] = value
	}
	return body
}

func TestLogin(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook := basic("brook", registrytest.Password)
	w := s.must(t, http.StatusOK, "", http.MethodPost, "/api/authentications", login(nil), "Authorization", brook)
	golden(t, "login", w)
	token := object(t, w)["token"].(string)
	golden(t, "user", s.do(t, token, http.MethodGet, "/api/user", nil))

	// The client asks whether to replace it at exactly 400.
	again := s.do(t, "", http.MethodPost, "/api/authentications", login(nil), "Authorization", brook)
	if sentence := refusal(t, again, http.StatusBadRequest); !strings.Contains(sentence, "already exists") {
		t.Errorf("the second login: %q", sentence)
	}
	s.must(t, http.StatusOK, token, http.MethodGet, "/api/user", nil)

	second := s.must(t, http.StatusOK, "", http.MethodPost, "/api/authentications", login(map[string]any{"fail-if-exists": false}), "Authorization", brook)
	refusal(t, s.do(t, token, http.MethodGet, "/api/user", nil), http.StatusUnauthorized)
	s.must(t, http.StatusOK, object(t, second)["token"].(string), http.MethodGet, "/api/user", nil)
}

func TestLoginIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	token := s.Token(t, "brook")
	tests := []struct {
		name, header, value string
		status              int
		sentence            string
	}{
		{"no credential", "Accept", "*/*", 401, "Basic"},
		{"wrong password", "Authorization", basic("brook", "wonderland"), 401, "Wrong username or password"},
		{"unknown user", "Authorization", basic("nobody", "wonderland"), 401, "Wrong username or password"},
		{"empty password", "Authorization", basic("brook", ""), 401, "Wrong username or password"},
		{"organization", "Authorization", basic("labs", registrytest.Password), 401, "Wrong username or password"},
		{"bearer of anything", "Authorization", "Bearer abc", 401, "Bearer token authentication is not enabled"},
		{"bearer of a token", "Authorization", "Bearer " + token, 401, "Bearer token authentication is not enabled"},
		{"token", "Authorization", "token " + token, 403, "A token cannot create tokens"},
		{"token as key", "X-API-Key", token, 403, "A token cannot create tokens"},
		{"token as password", "Authorization", basic("__token__", token), 403, "A token cannot create tokens"},
		{"token as user", "Authorization", basic(token, ""), 403, "A token cannot create tokens"},
		{"wrong token", "Authorization", "token viv-nonsense", 401, "unknown, expired or revoked"},
		{"nonsense", "Authorization", "Basic ???", 401, "cannot be read"},
	}
	for _, tt := range tests {
		w := s.do(t, "", http.MethodPost, "/api/authentications", login(nil), tt.header, tt.value)
		if got := refusal(t, w, tt.status); !strings.Contains(got, tt.sentence) {
			t.Errorf("%s: %q, want %q in it", tt.name, got, tt.sentence)
		}
	}
	// anaconda-client compares this one letter by letter.
	w := s.do(t, "", http.MethodPost, "/api/authentications", login(nil), "Authorization", "Bearer abc")
	if w.Body.String() != `{"error":"Bearer token authentication is not enabled"}`+"\n" {
		t.Errorf("Bearer: %s", w.Body)
	}
}

func TestCreateToken(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.TokenMaxLifetime = 400 * 24 * time.Hour })
	tests := []struct {
		name   string
		change map[string]any
		who    string
		status int
	}{
		{"scopes", map[string]any{"scopes": []string{"repos", "conda:download"}}, "brook", 200},
		{"no scopes", map[string]any{"scopes": []string{}}, "brook", 200},
		{"unknown scope", map[string]any{"scopes": []string{"root"}}, "brook", 400},
		{"scopes in one text", map[string]any{"scopes": "repos"}, "brook", 400},
		{"weak", map[string]any{"strength": "weak"}, "brook", 200},
		{"no strength", map[string]any{"strength": nil}, "brook", 200},
		{"odd strength", map[string]any{"strength": "mighty"}, "brook", 400},
		{"an hour", map[string]any{"max-age": 3600}, "brook", 200},
		{"an hour and a bit", map[string]any{"max-age": 3600.5}, "brook", 200},
		{"no life", map[string]any{"max-age": 0}, "brook", 400},
		{"less than a nanosecond", map[string]any{"max-age": 1e-12}, "brook", 400},
		{"negative life", map[string]any{"max-age": -1}, "brook", 400},
		{"beyond the limit", map[string]any{"max-age": 401 * 86400}, "brook", 400},
		{"beyond all time", map[string]any{"max-age": 1e300}, "brook", 400},
		{"life as a text", map[string]any{"max-age": "3600"}, "brook", 400},
		{"no name", map[string]any{"note": ""}, "brook", 400},
		{"null name", map[string]any{"note": nil}, "brook", 400},
		{"own organization", map[string]any{"user": "labs"}, "brook", 200},
		{"another's organization", map[string]any{"user": "labs"}, "casey", 403},
		{"another user", map[string]any{"user": "brook"}, "casey", 403},
		{"unknown organization", map[string]any{"user": "nowhere"}, "brook", 404},
	}
	for _, tt := range tests {
		body := login(map[string]any{"note": tt.name})
		for key, value := range tt.change {
			body[key] = value
		}
		w := s.do(t, "", http.MethodPost, "/api/authentications", body, "Authorization", basic(tt.who, registrytest.Password))
		if w.Code != tt.status {
			t.Errorf("%s: %d %s, want %d", tt.name, w.Code, w.Body, tt.status)
		}
		if tt.status == http.StatusOK && !strings.HasPrefix(object(t, w)["token"].(string), "viv-") {
			t.Errorf("%s: %s", tt.name, w.Body)
		}
	}
	org := s.must(t, 200, "", http.MethodPost, "/api/authentications", login(map[string]any{"user": "labs"}), "Authorization", basic("brook", registrytest.Password))
	golden(t, "user_organization", s.do(t, object(t, org)["token"].(string), http.MethodGet, "/api/user", nil))
}
