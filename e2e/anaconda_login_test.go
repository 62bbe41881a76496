package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAnacondaLogin logs in, out and in again, as rows 1 to 8 and 60 of the
// acceptance list have it.
func TestAnacondaLogin(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)

	c.anaconda("config", "--set", "url", s.API).ok(t)
	c.anaconda("whoami").ok(t).says(t, "Anonymous User")
	c.anaconda("login", "--username", "alice", "--password", "wrong-one").exits(t, 1).says(t, "Invalid Username password combination")

	c.login("alice")
	c.anaconda("whoami").ok(t).says(t, "Username: alice", "Member since:").lacks(t, "alice@example.test")
	first := c.storedToken()

	again := []string{"login", "--username", "alice", "--password", password}
	c.anacondaStdin("n\n", again...).exits(t, 1).says(t, "already logged in from")
	if got := s.status(first, "/api/user"); got != http.StatusOK {
		t.Fatalf("after a refused second login the first token answers %d, want 200", got)
	}
	c.anacondaStdin("y\n", again...).ok(t).says(t, "login successful")
	if got := s.status(first, "/api/user"); got != http.StatusUnauthorized {
		t.Fatalf("after a second login the first token answers %d, want 401", got)
	}

	c.anaconda("-t", "badtoken", "whoami").ok(t).says(t, "Anonymous User")
	c.anaconda("auth", "--list-scopes").ok(t).
		says(t, "all", "api", "api:read", "api:write", "api:modify-group", "repos", "conda", "conda:download", "pypi", "pypi:download", "pypi:upload")

	second := c.storedToken()
	c.anaconda("logout").ok(t).says(t, "logout successful")
	c.anaconda("whoami").ok(t).says(t, "Anonymous User")
	if got := s.status(second, "/api/user"); got != http.StatusUnauthorized {
		t.Fatalf("after logout the token answers %d, want 401", got)
	}
	c.login("alice")
}

// TestAnacondaLoginToSite uses an alias and a trailing slash (row 57).
func TestAnacondaLoginToSite(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	c.anaconda("config", "--set", "sites.lab.url", s.API+"/").ok(t)
	c.anaconda("-s", "lab", "login", "--username", "alice", "--password", password).ok(t).says(t, "login successful")
	c.anaconda("-s", "lab", "whoami").ok(t).says(t, "Username: alice")
}

// TestDisabledUser is locked out while the server runs, and let in again.
func TestDisabledUser(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	c.login("alice")
	s.admin("", "disable-user", "alice")
	c.anaconda("whoami").ok(t).says(t, "Anonymous User")
	s.admin("", "enable-user", "alice")
	c.anaconda("logout")
	c.login("alice")
	s.admin("another-secret", "set-password", "alice", "--password-stdin")
	c.anaconda("login", "--username", "alice", "--password", password, "--hostname", "elsewhere").exits(t, 1)
}

// storedToken reads the token that anaconda login kept, and checks that only its
// owner may read it.
func (c *client) storedToken() string {
	c.t.Helper()
	files, _ := filepath.Glob(filepath.Join(c.Home, ".continuum/anaconda-client/tokens/*.token"))
	if len(files) != 1 {
		c.t.Fatalf("got token files %q, want one", files)
	}
	info, err := os.Stat(files[0])
	if err != nil {
		c.t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		c.t.Errorf("%s has mode %v, want 0600", files[0], info.Mode().Perm())
	}
	token, err := os.ReadFile(files[0])
	if err != nil {
		c.t.Fatal(err)
	}
	return strings.TrimSpace(string(token))
}
