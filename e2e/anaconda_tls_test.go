package e2e

import (
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// startSecureServer is a server behind a proxy that speaks TLS, and the file with
// the certificate to trust. Its URL and API are the proxy's.
func startSecureServer(t *testing.T) (s *server, ca string) {
	t.Helper()
	s = startServerOn(t, t.TempDir(), []string{"VIVARIUM_TRUSTED_PROXIES=127.0.0.1/32"})
	inside, err := url.Parse(s.URL)
	sure(t, err)
	proxy := httptest.NewTLSServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(inside)
		r.SetXForwarded()
	}})
	t.Cleanup(proxy.Close)
	ca = filepath.Join(t.TempDir(), "ca.pem")
	sure(t, os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: proxy.Certificate().Raw}), 0o600))
	s.API = proxy.URL + "/api"
	return s, ca
}

// TestNewLoginFallsBackOverTLS logs in as a person does who knows nothing of it:
// the client discovers OpenID, opens a browser, gets a token that opens nothing,
// and then asks for the password (issue of newer clients; row 58's front end too).
func TestNewLoginFallsBackOverTLS(t *testing.T) {
	t.Parallel()
	s, ca := startSecureServer(t)
	s.addUser("alice")
	for _, front := range []struct {
		name string
		args []string
		env  []string
	}{
		{"classic", []string{"login"}, []string{"ANACONDA_CLIENT_FORCE_STANDALONE=1"}},
		{"new", []string{"org", "login"}, nil},
	} {
		c := newClient(t, s)
		page, script := filepath.Join(c.Home, "page"), filepath.Join(c.Home, "browser")
		browser, err := filepath.Abs("testdata/browser.py")
		sure(t, err)
		sure(t, os.WriteFile(script, fmt.Appendf(nil, "#!/bin/sh\nexec %s %s %s %s \"$1\"\n", venvProgram(t, "python"), browser, page, ca), 0o700))
		c.env = append(front.env, "OTEL_SDK_DISABLED=true", "ANACONDA_TELEMETRY_ENABLED=false", "REQUESTS_CA_BUNDLE="+ca, "BROWSER="+script+" %s &")
		got := execute(t, c.Home, plainEnv(c.Home, c.env...), "alice\n"+password+"\n", c.program, front.args...)
		got.ok(t).says(t, "Server does not support unified auth yet, defaulting to legacy login flow", "login successful")
		text := written(t, page)
		if end := s.API[:len(s.API)-len("/api")] + "/app/local-login-success\n"; !strings.HasPrefix(text, end) {
			t.Errorf("%s: the browser ended at %.300s", front.name, text)
		}
		execute(t, c.Home, plainEnv(c.Home, append(c.env, "ANACONDA_CLIENT_FORCE_STANDALONE=1")...), "", c.program, "whoami").ok(t).says(t, "Username: alice")
		token := c.storedToken()
		execute(t, c.Home, plainEnv(c.Home, append(c.env, "ANACONDA_CLIENT_FORCE_STANDALONE=1")...), "", c.program, "logout").ok(t).says(t, "logout successful")
		if got := s.status(token, "/api/user"); got != http.StatusUnauthorized {
			t.Errorf("%s: after logout the token answers %d, want 401", front.name, got)
		}
	}
}

// written waits for a file that another program writes, and returns what is in it.
func written(t *testing.T, path string) string {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); <-tick.C {
		if text, err := os.ReadFile(path); err == nil && len(text) > 0 {
			return string(text)
		}
	}
	t.Fatalf("nobody wrote %s", path)
	return ""
}

// TestKeyOfAnotherIssuerFallsBack shows a key that somebody holds for this host
// anyway, without a browser.
func TestKeyOfAnotherIssuerFallsBack(t *testing.T) {
	t.Parallel()
	s, ca := startSecureServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	host := s.API[len("https://") : len(s.API)-len("/api")]
	env := plainEnv(c.Home, "ANACONDA_CLIENT_FORCE_STANDALONE=1", "OTEL_SDK_DISABLED=true", "ANACONDA_TELEMETRY_ENABLED=false", "REQUESTS_CA_BUNDLE="+ca,
		"ANACONDA_AUTH_API_KEY=key-of-somebody", "ANACONDA_AUTH_DOMAIN="+host)
	execute(t, c.Home, env, "alice\n"+password+"\n", c.program, "login").ok(t).says(t, "defaulting to legacy login flow", "login successful")
}

// TestLoginsByHostname are two tokens of one person: neither ends the other, and
// logout ends only its own.
func TestLoginsByHostname(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	var tokens []string
	var clients []*client
	for _, host := range []string{"desk", "laptop"} {
		c := newClient(t, s)
		c.anaconda("login", "--username", "alice", "--password", password, "--hostname", host).ok(t).says(t, "login successful")
		tokens, clients = append(tokens, c.storedToken()), append(clients, c)
	}
	clients[0].anaconda("auth", "--list").ok(t).says(t, "@desk", "@laptop")
	again := newClient(t, s)
	again.anacondaStdin("n\n", "login", "--username", "alice", "--password", password, "--hostname", "desk").exits(t, 1).says(t, "already logged in from")
	clients[0].anaconda("logout").ok(t)
	for i, want := range []int{http.StatusUnauthorized, http.StatusOK} {
		if got := s.status(tokens[i], "/api/user"); got != want {
			t.Errorf("token %d answers %d, want %d", i, got, want)
		}
	}
}
