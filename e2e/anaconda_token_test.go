package e2e

import (
	"net/http"
	"testing"
)

// createToken runs anaconda auth --create, which asks for the password.
func (c *client) createToken(args ...string) outcome {
	c.t.Helper()
	return c.anacondaStdin(password+"\n", append([]string{"auth", "--create"}, args...)...)
}

// TestAnacondaTokens makes, lists, uses and ends tokens (rows 9 to 17).
func TestAnacondaTokens(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	s.admin("", "create-org", "acme", "--owner", "alice")
	c := newClient(t, s)
	c.login("alice")

	token := c.createToken("--name", "X", "--scopes", "repos conda:download").ok(t).stdout
	if !wholeToken.MatchString(token) {
		t.Fatalf("auth --create printed %q, want a token alone", token)
	}
	c.createToken("--name", "X", "--scopes", "repos conda:download").exits(t, 1).says(t, "already exists", "400")
	weak := c.createToken("--name", "Y", "-o", "acme", "--max-age", "3600", "-w").ok(t).stdout
	if !wholeToken.MatchString(weak) || len(weak) >= len(token) {
		t.Fatalf("auth --create -w printed %q, want a token shorter than %q", weak, token)
	}
	if got := s.get(weak, "/api/user").json(t)["login"]; got != "acme" {
		t.Fatalf("the organization's token is of %v, want acme", got)
	}

	c.anaconda("auth", "--list").ok(t).says(t, "binstar_client:", "X", "repos", "conda:download").lacks(t, token)
	c.anaconda("auth", "--info").ok(t).says(t, "Name:", "Id:")

	only := c.createToken("--name", "fetch", "--scopes", "conda:download").ok(t).stdout
	c.anaconda("-t", only, "upload", archive(t, tiny10)).exits(t, 1).says(t, "403")
	if got := s.status("", "/api/package/alice/tiny"); got != http.StatusNotFound {
		t.Fatalf("after a refused upload the package answers %d, want 404", got)
	}

	c.anaconda("auth", "--remove", "X").ok(t).says(t, "Removed token X")
	if got := s.status(token, "/api/user"); got != http.StatusUnauthorized {
		t.Fatalf("a removed token answers %d, want 401", got)
	}
	c.anaconda("auth", "--remove", "nosuch").exits(t, 1).says(t, "404")

	other := newClient(t, s)
	other.login("bob")
	other.anaconda("auth", "--remove", "Y", "-o", "acme").exits(t, 1).says(t, "403")
	c.anaconda("auth", "--remove", "Y", "-o", "acme").ok(t).says(t, "Removed token Y")
	if got := s.status(weak, "/api/user"); got != http.StatusUnauthorized {
		t.Fatalf("the organization's removed token answers %d, want 401", got)
	}
}

// TestTokenCommands makes, lists and revokes tokens from the machine itself.
func TestTokenCommands(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "api:read")
	if got := s.status(token, "/api/user"); got != http.StatusOK {
		t.Fatalf("a new token answers %d, want 200", got)
	}
	s.tryAdmin("", "list-tokens", "alice", "--json").ok(t).says(t, `"name"`, "ci", "api:read").lacks(t, token)
	s.admin("", "revoke-token", "alice", "ci")
	if got := s.status(token, "/api/user"); got != http.StatusUnauthorized {
		t.Fatalf("a revoked token answers %d, want 401", got)
	}
	s.tryAdmin("", "revoke-token", "alice", "ci").exits(t, 1)
	s.tryAdmin("", "create-token", "alice", "--name", "x", "--scopes", "nonsense").says(t, "nonsense")
}
