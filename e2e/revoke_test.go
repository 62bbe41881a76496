package e2e

import (
	"fmt"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vivarium/app/scaletest"
)

// access sets who may see a package.
func (s *server) access(token, path, level string) {
	s.t.Helper()
	s.change(http.StatusOK, token, http.MethodPatch, "/api/package/"+path, `{"access": "`+level+`"}`)
}

// hoarder is a client with a cache of its own and one credential. lazy says that it
// sends that only when it was refused without.
type hoarder struct {
	*client
	index string
	cache string
	lazy  bool
}

// hoarders are people who each have a credential in another form. All but those
// with the password have the token. Only some are tried each day.
func hoarders(c *client, channel, user, token string) (byToken, byPassword map[string]hoarder) {
	simple := c.s.URL + "/pypi/" + channel + "/simple/"
	byToken, byPassword = map[string]hoarder{}, map[string]hoarder{}
	hold := func(into map[string]hoarder, name string, c *client, index string) {
		if scaletest.Chosen(c.t, 15, name) {
			into[name] = hoarder{c, index, c.t.TempDir(), strings.HasPrefix(name, "netrc")}
		}
	}
	for i, index := range credentialed(c.s, channel, user, token) {
		if i == 0 {
			hold(byPassword, "password in the address", c, index)
		} else {
			hold(byToken, "address "+strings.ReplaceAll(index, token, "TOKEN"), c, index)
		}
	}
	hold(byPassword, "netrc with the password", c.netrc(user, password), simple)
	hold(byToken, "netrc, token last", c.netrc("__token__", token), simple)
	hold(byToken, "netrc, token first", c.netrc(token, "x-auth-token"), simple)
	return byToken, byPassword
}

// installs installs with a program and returns what came of it.
func (h hoarder) installs(program string, names ...string) ([]string, outcome) {
	h.t.Helper()
	command := map[string][]string{
		"pip": {"pip", "install", "--no-compile", "--cache-dir", filepath.Join(h.cache, "pip")},
		"uv":  {"uv", "pip", "install", "--python", venvProgram(h.t, "python"), "--refresh", "--cache-dir", filepath.Join(h.cache, "uv")},
	}[program]
	return h.install(h.index, names, command[0], command[1:]...)
}

// TestRevokedPython gives pip and uv a credential in every form. With it they have
// public, authenticated and private projects, and once it has ended nothing, though
// they hold all of them in their caches.
func TestRevokedPython(t *testing.T) {
	t.Parallel()
	s, c := stocked(t)
	s.addUser("bob")
	api := s.addToken("alice", "api", "api")
	s.access(api, "alice/tiny-wheel", "authenticated")
	s.access(api, "alice/hush", "private")
	s.change(http.StatusCreated, api, http.MethodPut, "/api/packages/alice/hush/collaborators/bob", `{"permission": "read"}`)
	byToken, byPassword := hoarders(c, "alice", "bob", s.addToken("bob", "install", "pypi:download"))
	all := maps.Clone(byToken)
	maps.Copy(all, byPassword)
	want := []string{"hush-1.0", "leaf-1.1", "tiny_wheel-0.3"}
	for name, h := range all {
		for _, program := range []string{"pip", "uv"} {
			if got, o := h.installs(program, "leaf", "tiny-wheel", "hush"); o.status != 0 || !slices.Equal(got, want) {
				t.Errorf("%s, %s: %q, want %q\n%s", program, name, got, want, o.both())
			}
		}
	}
	s.admin("", "revoke-token", "bob", "install")
	refuses(t, byToken)
	s.admin("", "disable-user", "bob")
	refuses(t, byPassword)
}

// refuses lets pip and uv try again with what has ended, of each access.
func refuses(t *testing.T, all map[string]hoarder) {
	t.Helper()
	for name, h := range all {
		for _, program := range []string{"pip", "uv"} {
			for _, project := range []string{"leaf", "tiny-wheel", "hush"} {
				if project == "tiny-wheel" && program == "pip" {
					continue // as for the other two; pip is slow
				}
				if project == "leaf" && h.lazy && program == "uv" {
					continue // asks without the credential, and may have it
				}
				if got, o := h.installs(program, project); o.status == 0 || len(got) > 0 {
					t.Errorf("%s, %s: still installs %q", program, name, got)
				}
			}
		}
	}
}

// TestRevokedRattler is TestRevokedPython for rattler, in its own forms, with shards
// and without.
func TestRevokedRattler(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	api := s.addToken("alice", "api", "all")
	s.uploadAs(api, tinyn, tiny10, tinydev).ok(t)
	s.access(api, "alice/tiny", "authenticated")
	s.access(api, "alice/tinydev", "private")
	s.change(http.StatusCreated, api, http.MethodPut, "/api/packages/alice/tinydev/collaborators/bob", `{"permission": "read"}`)
	token, plain := s.addToken("bob", "install", "conda:download"), newClient(t, s)
	type try struct {
		*client
		args []string
	}
	tries := map[string]try{}
	add := func(name string, c *client, args ...string) {
		for _, form := range [][]string{nil, {"--no-shards"}} {
			if name := fmt.Sprint(name, form); scaletest.Chosen(t, 10, name) {
				tries[name] = try{c, append(append([]string{"--cache", t.TempDir()}, form...), args...)}
			}
		}
	}
	for _, path := range []string{"/conda/t/" + token + "/alice", "/t/" + token + "/conda/alice", "/t/" + token + "/alice"} {
		add(strings.ReplaceAll(path, token, "TOKEN"), plain, "--channel", s.URL+path)
	}
	channel := s.URL + "/conda/alice"
	for _, credential := range []string{"__token__:" + token, token + ":x-auth-token"} {
		add(strings.ReplaceAll(credential, token, "TOKEN"), plain, "--channel", "http://"+credential+"@"+s.host+"/conda/alice")
	}
	for _, header := range []string{"X-API-Key=", "Authorization=token ", "Authorization=Bearer "} {
		add(header, plain, "--channel", channel, "--header", header+token)
	}
	for _, stored := range []string{`{"BearerToken": "TOKEN"}`, `{"CondaToken": "TOKEN"}`, `{"BasicHTTP": {"username": "__token__", "password": "TOKEN"}}`} {
		add(stored, plain.storing(strings.ReplaceAll(stored, "TOKEN", token)), "--channel", channel)
	}
	add("netrc", plain.netrc("__token__", token), "--channel", channel)
	for name, try := range tries {
		if a := try.rattler(append(try.args, t.TempDir(), "tinyn", "tiny", "tinydev")...); len(a.Files) != 3 {
			t.Errorf("%s: %q %s", name, a.Files, a.Error)
		}
	}
	s.admin("", "revoke-token", "bob", "install")
	for name, try := range tries {
		if a := try.rattler(append(try.args, t.TempDir(), "tinyn")...); !strings.Contains(a.Error, "401") {
			t.Errorf("%s, revoked: %q %s", name, a.Files, a.Error)
		}
	}
}

// TestRevokedConditionally asks with every form of credential for what a client holds,
// of every access and on every surface: 304 as long as the token lives, and then 401.
func TestRevokedConditionally(t *testing.T) {
	t.Parallel()
	s, _ := stocked(t)
	s.addUser("bob")
	api, names := s.addToken("alice", "api", "all"), []string{"leaf", "tiny-wheel", "hush"}
	s.uploadAs(api, tinyn, tiny10, tinydev).ok(t)
	for i, level := range []string{"public", "authenticated", "private"} {
		s.access(api, "alice/"+names[i], level)
		conda := []string{"tinyn", "tiny", "tinydev"}[i]
		s.access(api, "alice/"+conda, level)
		for _, name := range []string{names[i], conda} {
			s.change(http.StatusCreated, api, http.MethodPut, "/api/packages/alice/"+name+"/collaborators/bob", `{"permission": "read"}`)
		}
	}
	token := s.addToken("bob", "install", "repos api:read")
	paths := []string{
		"/conda/alice/noarch/repodata.json", "/conda/alice/noarch/repodata.json.zst", "/conda/alice/noarch/repodata_shards.msgpack.zst", "/conda/alice/channeldata.json",
		"/conda/alice/noarch/tinyn-0.1-0.conda", "/conda/alice/noarch/tiny-1.0-0.tar.bz2", "/conda/alice/noarch/tinydev-0.9-0.conda",
		"/pypi/alice/simple/", "/pypi/alice/simple/leaf/", "/pypi/alice/simple/tiny-wheel/", "/pypi/alice/simple/hush/",
	}
	tags := map[string]string{}
	sweep := func(status int) {
		t.Helper()
		for _, path := range paths {
			for name, form := range formsOf(token, path) {
				headers := append(form[1:], "If-None-Match", tags[path])
				if tags[path] == "" {
					headers = form[1:]
				}
				a := s.ask(http.MethodGet, form[0], headers...)
				if want := status; a.status != want {
					t.Errorf("%s, %s: %d, want %d", path, name, a.status, want)
				}
			}
		}
	}
	sweep(http.StatusOK)
	for _, path := range paths {
		tags[path] = s.get(token, path).header.Get("ETag")
	}
	sweep(http.StatusNotModified)
	s.admin("", "revoke-token", "bob", "install")
	sweep(http.StatusUnauthorized)
}

// formsOf are requests for path with a token in every form that there is: the path,
// and headers.
func formsOf(token, path string) map[string][]string {
	all := map[string][]string{
		"token": {path, "Authorization", "token " + token}, "bearer": {path, "Authorization", "Bearer " + token}, "key": {path, "X-API-Key", token},
		"Basic, last": {path, "Authorization", "Basic " + basic("__token__", token)}, "Basic, first": {path, "Authorization", "Basic " + basic(token, "x-auth-token")},
		"Basic, alone": {path, "Authorization", "Basic " + basic(token, "")}, "path first": {"/t/" + token + path},
	}
	if surface, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); surface == "conda" || surface == "pypi" {
		all["path"] = []string{"/" + surface + "/t/" + token + "/" + rest}
	}
	return all
}
