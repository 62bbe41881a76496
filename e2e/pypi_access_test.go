package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// hide makes a package private.
func (s *server) hide(token, path string) {
	s.t.Helper()
	s.send(http.MethodPatch, s.API+"/package/"+path, strings.NewReader(`{"access": "private"}`), "Authorization", "token "+token, "Content-Type", "application/json").is(s.t, http.StatusOK)
}

// credentialed are the addresses of a simple index with a credential in it, in
// every form.
func credentialed(s *server, channel, user, token string) []string {
	simple := s.URL + "/pypi/" + channel + "/simple/"
	tokenAlone := strings.Replace(simple, "://", "://"+token+"@", 1)
	return []string{
		withUser(simple, user, password), withUser(simple, "__token__", token), withUser(simple, token, "x-auth-token"), tokenAlone,
		s.URL + "/pypi/t/" + token + "/" + channel + "/simple/", s.URL + "/t/" + token + "/pypi/" + channel + "/simple/", s.URL + "/t/" + token + "/" + channel + "/simple",
	}
}

// TestPrivateInstall reads a private project with every form of credential, and
// not at all without one (row 8).
func TestPrivateInstall(t *testing.T) {
	t.Parallel()
	s, c := stocked(t)
	s.addUser("bob")
	s.hide(s.addToken("alice", "api", "api"), "alice/hush")
	token := s.addToken("alice", "install", "pypi:download")
	for _, index := range credentialed(s, "alice", "alice", token) {
		c.installs(index, []string{"hush"}, "hush-1.0")
	}
	c.installs(s.URL+"/pypi/alice/simple/", []string{"leaf"}, "leaf-1.1")
	c.installs(s.URL+"/pypi/t/"+s.addToken("bob", "install", "pypi:download")+"/alice/simple/", []string{"leaf"}, "leaf-1.1")
	for who, index := range map[string]string{
		"nobody": s.URL + "/pypi/alice/simple/", "another": withUser(s.URL+"/pypi/alice/simple/", "bob", password), "another by token": s.URL + "/pypi/t/" + s.addToken("bob", "other", "all") + "/alice/simple/",
	} {
		got, o := c.pip(index, "hush")
		if o.status != 1 || len(got) > 0 || !strings.Contains(o.both(), "No matching distribution found for hush") {
			t.Errorf("pip, %s: %q %d %s", who, got, o.status, o.both())
		}
		got, o = c.uv(index, "hush")
		if o.status != 1 || len(got) > 0 || !strings.Contains(o.both(), "hush was not found") {
			t.Errorf("uv, %s: %q %d %s", who, got, o.status, o.both())
		}
	}
}

// TestWrongPythonCredentials are said to be wrong, and never logged (rows 9 and
// 10).
func TestWrongPythonCredentials(t *testing.T) {
	t.Parallel()
	s, c := stocked(t)
	dead := s.addToken("alice", "dead", "pypi:download")
	s.admin("", "revoke-token", "alice", "dead")
	for _, index := range append(credentialed(s, "alice", "alice", dead)[1:], withUser(s.URL+"/pypi/alice/simple/", "alice", "wrong")) {
		if got, o := c.pip(index, "leaf"); o.status != 1 || len(got) > 0 {
			t.Errorf("pip, %s: %q %d %s", index, got, o.status, o.both())
		} else if strings.Contains(index, "@") && !strings.Contains(o.both(), "401 Error, Credentials not correct") {
			t.Errorf("pip, %s: %s", index, o.both())
		}
		if got, o := c.uv(index, "leaf"); o.status == 0 || len(got) > 0 || !strings.Contains(o.both(), "401 Unauthorized") {
			t.Errorf("uv, %s: %q %d %s", index, got, o.status, o.both())
		}
	}
	for _, path := range []string{"/pypi/t/" + dead + "/alice/simple/leaf/", "/t/" + dead + "/pypi/alice/simple/leaf/", "/t/" + dead + "/alice/simple/leaf/"} {
		if a := s.ask("GET", path).is(t, http.StatusUnauthorized); strings.Contains(string(a.body), dead) || a.header.Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("%v %s", a.header, a.body)
		}
	}
	if !strings.Contains(s.log.String(), "path=/pypi/t/<redacted>/alice/simple/leaf/ status=401") {
		t.Error("the log does not show the masked request")
	}
}

// TestClosedPythonSite serves nothing to anonymous, and tells existing from absent to
// nobody; pip and uv find the credential in a .netrc, or in uv's own store (rows 8
// and 11).
func TestClosedPythonSite(t *testing.T) {
	t.Parallel()
	s := startServerOn(t, t.TempDir(), []string{"VIVARIUM_ANONYMOUS=false"})
	s.addUser("alice")
	c := newClient(t, s)
	token := s.addToken("alice", "ci", "pypi")
	c.tool("twine", "upload", "--repository-url", s.URL+"/pypi/alice/", "-u", "__token__", "-p", token, distribution(t, leaf10), distribution(t, tinyWheel)).ok(t)
	simple := s.URL + "/pypi/alice/simple/"
	for _, path := range []string{"/pypi/alice/simple/leaf/", "/pypi/alice/simple/nosuch/", "/pypi/nobody/simple/leaf/", "/pypi/alice/simple/Leaf", "/pypi/alice/leaf/json", "/alice/simple/leaf/"} {
		if a := s.ask("GET", path).is(t, http.StatusUnauthorized); a.header.Get("WWW-Authenticate") != `Basic realm="Vivarium"` {
			t.Errorf("%s: %v", path, a.header)
		}
	}
	for _, person := range []*client{c.netrc("alice", password), c.netrc("__token__", token), c.netrc(token, "x-auth-token")} {
		person.installs(simple, []string{"leaf"}, "leaf-1.0")
	}
	for _, index := range credentialed(s, "alice", "alice", s.addToken("alice", "install", "pypi:download")) {
		c.installs(index, []string{"tiny_wheel"}, "tiny_wheel-0.3")
	}
	if got, o := c.pip(simple, "leaf"); o.status == 0 || len(got) > 0 {
		t.Errorf("pip without a credential: %q %s", got, o.both())
	}
	if _, o := c.uv(simple, "leaf"); o.status == 0 || !strings.Contains(o.both(), "401 Unauthorized") {
		t.Errorf("uv without a credential: %s", o.both())
	}
	named := filepath.Join(c.Home, "pyproject.toml")
	sure(t, os.WriteFile(named, []byte("[[tool.uv.index]]\nname = \"priv\"\nurl = \""+simple+"\"\ndefault = true\n"), 0o600))
	c.with("UV_INDEX_PRIV_USERNAME=__token__", "UV_INDEX_PRIV_PASSWORD="+token).
		tool("uv", "pip", "install", "--python", venvProgram(t, "python"), "--cache-dir", t.TempDir(), "--target", t.TempDir(), "leaf").ok(t).says(t, "leaf==1.0")
}
