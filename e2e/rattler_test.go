package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRattlerInstall solves and installs in every form of URL, with shards and
// without.
func TestRattlerInstall(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "all")
	s.uploadAs(token, tiny10, tiny11, tinyc, gamma).ok(t)
	s.uploadAs(token, "-l", "dev", tinydev).ok(t)
	c := newClient(t, s)

	chain := []string{"gamma-1!2.0-0.conda", "tiny-1.1-h1234567_1.tar.bz2", "tinyc-2.0-h0_0.conda"}
	for _, channel := range []string{"/conda/alice", "/alice", "/conda/t/" + token + "/alice", "/t/" + token + "/conda/alice", "/t/" + token + "/alice", "/conda/alice/label/main"} {
		for _, form := range [][]string{nil, {"--no-shards"}, {"--no-shards", "--no-zst"}} {
			prefix := t.TempDir()
			args := append([]string{"--channel", s.URL + channel, "--platform", "linux-64"}, form...)
			c.rattler(append(args, prefix, "tinyc", "gamma")...).has(t, chain...)
			wantInstalled(t, prefix, "tiny", "tinyc", "gamma")
		}
	}

	dev := s.URL + "/conda/alice/label/dev"
	c.rattler("--channel", dev, "--platform", "linux-64", t.TempDir(), "tinydev").has(t, "tinydev-0.9-0.conda")
	c.rattler("--channel", s.URL+"/conda/alice", "--platform", "linux-64", t.TempDir(), "tinydev").fails(t, "No candidates were found for tinydev")
	c.rattler("--channel", dev, "--platform", "linux-64", t.TempDir(), "tinyc").fails(t, "No candidates were found for tinyc")
	c.rattler("--channel", s.URL+"/conda/alice/label/unused", t.TempDir(), "tiny").fails(t, "No candidates were found for tiny")
}

// TestRattlerEmptyChannel answers for a channel without packages, and for a
// platform without packages, as for any other.
func TestRattlerEmptyChannel(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	s.uploadAs(s.addToken("alice", "ci", "all"), tinyn, tinyc).ok(t)
	c := newClient(t, s)
	for _, form := range [][]string{nil, {"--no-shards"}} {
		empty := append([]string{"--channel", s.URL + "/conda/bob"}, form...)
		c.rattler(append(empty, t.TempDir(), "anything")...).fails(t, "No candidates were found for anything")
		other := append([]string{"--channel", s.URL + "/conda/alice", "--platform", "osx-arm64"}, form...)
		c.rattler(append(other, t.TempDir(), "tinyn")...).has(t, "tinyn-0.1-0.conda")
		c.rattler(append(other, t.TempDir(), "tinyc")...).fails(t, "No candidates were found for tinyc")
	}
}

// TestRattlerPrivate installs a private package with every form of credential
// that rattler has, and with none.
func TestRattlerPrivate(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	token, theirs := s.addToken("alice", "ci", "conda:download"), s.addToken("bob", "ci", "all")
	s.uploadAs(s.addToken("alice", "upload", "all"), "--private", tinyn).ok(t)
	s.uploadAs(theirs, gamma).ok(t)
	c := newClient(t, s)
	install := func(c *client, channel string, more ...string) solved {
		prefix := t.TempDir()
		a := c.rattler(append([]string{"--channel", channel}, append(more, prefix, "tinyn")...)...)
		// rattler does not know a token for one behind a path, or before a colon.
		if shown := strings.Contains(channel, "/conda/t/") || strings.Contains(channel, token+":"); a.Error == "" && !shown {
			wantChannelMasked(t, prefix, token)
		}
		return a
	}

	for _, form := range [][]string{nil, {"--no-shards"}} {
		for _, channel := range []string{"/conda/t/" + token + "/alice", "/t/" + token + "/conda/alice", "/t/" + token + "/alice", "/t/" + token + "/alice/label/main"} {
			install(c, s.URL+channel, form...).has(t, "tinyn-0.1-0.conda")
		}
		for _, credential := range []string{"alice:" + password, "__token__:" + token, token + ":x-auth-token"} {
			install(c, "http://"+credential+"@"+s.host+"/conda/alice", form...).has(t, "tinyn-0.1-0.conda")
		}
		for _, header := range []string{"X-API-Key=" + token, "Authorization=token " + token, "Authorization=Bearer " + token} {
			install(c, s.URL+"/conda/alice", append(form, "--header", header)...).has(t, "tinyn-0.1-0.conda")
		}
	}
	for _, stored := range []string{
		`{"BearerToken": "` + token + `"}`,
		`{"CondaToken": "` + token + `"}`,
		`{"BasicHTTP": {"username": "alice", "password": "` + password + `"}}`,
	} {
		stored := c.storing(stored)
		install(stored, s.URL+"/conda/alice").has(t, "tinyn-0.1-0.conda")
		stored.rattler("--channel", s.URL+"/conda/bob", t.TempDir(), "gamma").has(t, "gamma-1!2.0-0.conda")
	}

	install(c, s.URL+"/conda/alice").fails(t, "No candidates were found for tinyn")
	install(c, s.URL+"/t/"+theirs+"/conda/alice").fails(t, "No candidates were found for tinyn")
	install(c, s.URL+"/t/viv-0000000000000000000000000000000000/conda/alice").fails(t, "401")
	install(c, s.URL+"/conda/alice", "--header", "X-API-Key=viv-0000000000000000000000000000000000").fails(t, "401")

	// The same client, with everything cached, is refused by its next request.
	held := []string{"--channel", s.URL + "/t/" + token + "/conda/alice", "--cache", t.TempDir()}
	c.rattler(append(held, t.TempDir(), "tinyn")...).has(t, "tinyn-0.1-0.conda")
	s.admin("", "revoke-token", "alice", "ci")
	c.rattler(append(held, t.TempDir(), "tinyn")...).fails(t, "401")
	s.get("", "/t/"+token+"/conda/alice/noarch/tinyn-0.1-0.conda").is(t, http.StatusUnauthorized)
}

// storing is a client with a credential for this server in rattler's own store,
// whose key is the host without its port.
func (c *client) storing(credential string) *client {
	c.t.Helper()
	with := newClient(c.t, c.s)
	file := filepath.Join(with.Home, "credentials.json")
	if err := os.WriteFile(file, []byte(`{"127.0.0.1": `+credential+`}`), 0o600); err != nil {
		c.t.Fatal(err)
	}
	with.env = []string{"RATTLER_AUTH_FILE=" + file}
	return with
}

// wantChannelMasked fails the test if the channels that an environment records hold
// a token.
func wantChannelMasked(t *testing.T, prefix, token string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(prefix, "conda-meta", "*.json"))
	sure(t, err)
	if len(found) == 0 {
		t.Fatal("the environment records no packages")
	}
	for _, path := range found {
		var record struct{ Channel string }
		decodeJSON(t, readFile(t, path), &record)
		if record.Channel == "" || strings.Contains(record.Channel, token) {
			t.Errorf("%s records the channel %q", filepath.Base(path), record.Channel)
		}
	}
}

// wantInstalled fails the test unless the packages' files are in the environment.
func wantInstalled(t *testing.T, prefix string, names ...string) {
	t.Helper()
	for _, n := range names {
		text, err := os.ReadFile(filepath.Join(prefix, "share", n+".txt"))
		if err != nil || !strings.HasPrefix(string(text), n+" ") {
			t.Fatalf("share/%s.txt of the environment holds %q (%v)", n, text, err)
		}
	}
}
