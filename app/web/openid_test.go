package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestOpenIDLeadsBackToTheTerminal walks the way of anaconda-client's login.
func TestOpenIDLeadsBackToTheTerminal(t *testing.T) {
	t.Parallel()
	b := newSite(t).visitor(t)
	var found struct {
		Authorize string `json:"authorization_endpoint"`
		Token     string `json:"token_endpoint"`
	}
	a := b.get("/.well-known/openid-configuration").want(t, http.StatusOK)
	if err := json.Unmarshal(a.Body.Bytes(), &found); err != nil || a.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("%s: %v", a.Body, err)
	}
	path := strings.TrimPrefix(found.Authorize, "http://vivarium.test")
	if path != "/account/openid" || found.Token != found.Authorize {
		t.Fatalf("discovered %+v", found)
	}
	a = b.get(path+"?"+url.Values{"redirect_uri": {"http://127.0.0.1:8000/auth/oidc"}, "state": {"a&b"}}.Encode()).want(t, http.StatusFound)
	to, err := url.Parse(a.Header().Get("Location"))
	if err != nil || to.Host != "127.0.0.1:8000" || to.Path != "/auth/oidc" || to.Query().Get("state") != "a&b" || len(to.Query().Get("code")) < 20 {
		t.Errorf("sent to %s, %v", to, err)
	}
	b.post(path, url.Values{"grant_type": {"authorization_code"}, "code": {"any"}}).want(t, http.StatusOK).shows(t, `"access_token":"`, `"token_type":"Bearer"`)
	b.post(path, url.Values{"grant_type": {"password"}}).want(t, http.StatusBadRequest).shows(t, `"error":"unsupported_grant_type"`)
	b.get("/app/local-login-success").want(t, http.StatusOK).shows(t, "<h1>Go on in the terminal</h1>")
}

// TestOpenIDSendsNobodyElsewhere than to the machine that the browser is on.
func TestOpenIDSendsNobodyElsewhere(t *testing.T) {
	t.Parallel()
	b := newSite(t).visitor(t)
	for _, to := range []string{
		"", "https://evil.test/", "http://127.0.0.1.evil.test/", "https://127.0.0.1/", "//127.0.0.1/", "http://127.0.0.1@evil.test/", "http://u@127.0.0.1/", "javascript:alert(1)", "http://%zz",
		"http://evil.test\\@127.0.0.1/", "http:127.0.0.1",
	} {
		a := b.get("/account/openid?state=x&redirect_uri="+url.QueryEscape(to)).want(t, http.StatusUnprocessableEntity)
		if got := a.Header().Get("Location"); got != "" {
			t.Errorf("%q leads to %q", to, got)
		}
	}
}
