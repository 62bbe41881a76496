package e2e

import (
	"html"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTokenLines makes a token on its page and does with each block of lines what
// the page says, in a home of its own: copied into a shell, or into the file. What
// is private is only there by the token.
func TestTokenLines(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	all := s.addToken("alice", "stock", "all")
	s.uploadAs(all, "--private", tinyn).ok(t)
	newClient(t, s).tool("uv", "publish", "--publish-url", s.URL+"/pypi/alice/legacy/", "-u", "__token__", "-p", all, distribution(t, leaf10)).ok(t)
	s.hide(all, "alice/leaf")
	blocks := s.tokenPage("alice", "lines", "all")
	packages := []string{"conda", "condarc", "mamba", "pixi", "pip", "uv", "netrc", "twine", "uv-publish", "anaconda"}
	for _, name := range packages {
		if len(blocks[name]) == 0 {
			t.Fatalf("the page has no lines for %s: %q", name, blocks)
		}
	}
	if len(blocks) != len(packages) {
		t.Errorf("the page has lines that nobody tries: %q", blocks)
	}
	for name, try := range map[string]func(*testing.T, *server, []string){
		"conda": tryConda, "condarc": tryCondarc, "mamba": tryMamba, "pixi": tryPixi, "pip": tryPip, "uv": tryUV, "netrc": tryNetrc,
		"twine": tryTwine, "uv-publish": tryUVPublish, "anaconda": tryAnaconda,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			try(t, s, blocks[name])
		})
	}
}

var tokenBlock = regexp.MustCompile(`(?s)<code id="new-([a-z-]+)">(.*?)</code>`)

// tokenPage signs in as a browser does, makes a token for a purpose and returns the
// lines of each block of the page that shows it.
func (s *server) tokenPage(login, name, purpose string) map[string][]string {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	sure(s.t, err)
	visitor := &http.Client{Jar: jar}
	for _, step := range []struct {
		path string
		form url.Values
	}{
		{"/signin", url.Values{"username": {login}, "password": {password}}},
		{"/" + login + "/settings/access", url.Values{"name": {name}, "preset": {purpose}}},
	} {
		resp, err := visitor.PostForm(s.URL+step.path, step.form)
		sure(s.t, err)
		page := string(readAll(s.t, resp.Body))
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			s.t.Fatalf("POST %s: %s\n%s", step.path, resp.Status, page)
		}
		if blocks := tokenBlock.FindAllStringSubmatch(page, -1); len(blocks) > 0 {
			return linesOf(blocks)
		}
	}
	s.t.Fatal("no page shows a token's lines")
	return nil
}

var tag = regexp.MustCompile(`</?span>`)

func linesOf(blocks [][]string) map[string][]string {
	all := map[string][]string{}
	for _, b := range blocks {
		all[b[1]] = strings.Split(html.UnescapeString(tag.ReplaceAllString(b[2], "")), "\n")
	}
	return all
}

// shell runs lines as they stand, with others before and after, in a home of its
// own.
func (c *client) shell(script ...string) outcome {
	c.t.Helper()
	settings := slices.DeleteFunc(slices.Clone(quiet), func(s string) bool { return strings.HasPrefix(s, "PIP_CONFIG_FILE") })
	env := plainEnv(c.Home, slices.Concat(settings, anacondaEnv, c.env)...)
	return execute(c.t, c.Home, env, "", "/bin/bash", "-euc", strings.Join(script, "\n"))
}

// after is the rest of the line that begins with words.
func after(t *testing.T, lines []string, words string) string {
	t.Helper()
	for _, line := range lines {
		if rest, ok := strings.CutPrefix(line, words); ok {
			return rest
		}
	}
	t.Fatalf("no line begins with %q: %q", words, lines)
	return ""
}

func tryConda(t *testing.T, s *server, lines []string) {
	newClient(t, s).rattler("--channel", after(t, lines, "conda config --add channels "), t.TempDir(), "tinyn").has(t, "tinyn-0.1-0.conda")
}

// tryCondarc reads the file as conda does: YAML with the channels, the highest
// priority first, and nodefaults to leave the built-in ones out.
func tryCondarc(t *testing.T, s *server, lines []string) {
	c := newClient(t, s)
	sure(t, os.WriteFile(filepath.Join(c.Home, ".condarc"), []byte(strings.Join(lines, "\n")+"\n"), 0o600))
	read := c.shell(`python -c 'import yaml; print("\n".join(yaml.safe_load(open(".condarc"))["channels"]))'`).ok(t)
	channels := strings.Fields(read.stdout)
	if len(channels) != 2 || channels[1] != "nodefaults" {
		t.Fatalf("the file names the channels %q", channels)
	}
	c.rattler("--channel", channels[0], t.TempDir(), "tinyn").has(t, "tinyn-0.1-0.conda")
}

func tryMamba(t *testing.T, s *server, lines []string) {
	channel, rest, _ := strings.Cut(after(t, lines, "mamba install --channel "), " ")
	if rest != "yourpackage" {
		t.Errorf("the line ends with %q", rest)
	}
	newClient(t, s).rattler("--channel", channel, t.TempDir(), "tinyn").has(t, "tinyn-0.1-0.conda")
}

// tryPixi stores the credential where pixi auth login puts it, under the host.
func tryPixi(t *testing.T, s *server, lines []string) {
	host, token, _ := strings.Cut(after(t, lines, "pixi auth login "), " --token ")
	if host != "127.0.0.1" {
		t.Fatalf("the credential is kept for %q", host)
	}
	stored := newClient(t, s).storing(`{"BearerToken": "` + token + `"}`)
	stored.rattler("--channel", after(t, lines, "pixi workspace channel add "), t.TempDir(), "tinyn").has(t, "tinyn-0.1-0.conda")
}

func tryPip(t *testing.T, s *server, lines []string) {
	c := newClient(t, s)
	c.shell(append(lines, "pip download --no-deps --no-cache-dir -d got leaf==1.0", "test -f got/"+leaf10)...).ok(t)
}

func tryUV(t *testing.T, s *server, lines []string) {
	c := newClient(t, s)
	c.shell(append(lines, "uv pip install --no-deps --python "+venvProgram(t, "python")+" --cache-dir cache --target got leaf==1.0", "test -d got/leaf-1.0.dist-info")...).ok(t)
}

// tryNetrc uses the file with addresses that hold no token.
func tryNetrc(t *testing.T, s *server, lines []string) {
	c := newClient(t, s)
	sure(t, os.WriteFile(filepath.Join(c.Home, ".netrc"), []byte(strings.Join(lines, "\n")+"\n"), 0o600))
	c.shell("pip download --no-deps --no-cache-dir -d got --index-url "+s.URL+"/pypi/alice/simple leaf==1.0", "test -f got/"+leaf10).ok(t)
	c.shell(`python -c 'import requests, sys; print(requests.get(sys.argv[1]).text)' `+s.URL+"/conda/alice/noarch/repodata.json").ok(t).says(t, "tinyn-0.1-0.conda")
	c.rattler("--channel", s.URL+"/conda/alice", t.TempDir(), "tinyn").has(t, "tinyn-0.1-0.conda")
}

// dist fills the folder from which distributions are uploaded.
func (c *client) dist(names ...string) {
	c.t.Helper()
	sure(c.t, os.MkdirAll(filepath.Join(c.Home, "dist"), 0o755))
	for _, name := range names {
		sure(c.t, os.WriteFile(filepath.Join(c.Home, "dist", name), []byte(readFile(c.t, distribution(c.t, name))), 0o644))
	}
}

func tryTwine(t *testing.T, s *server, lines []string) {
	c := newClient(t, s)
	c.dist(tinyWheel)
	c.shell(lines...).ok(t)
	s.lists("/pypi/alice/simple/tiny-wheel/", tinyWheel)
}

func tryUVPublish(t *testing.T, s *server, lines []string) {
	c := newClient(t, s)
	c.dist(leaf11)
	c.shell(lines...).ok(t)
	s.get("", "/api/package/alice/leaf").is(t, http.StatusNotFound) // it is private
}

func tryAnaconda(t *testing.T, s *server, lines []string) {
	c := newClient(t, s)
	sure(t, os.RemoveAll(filepath.Join(c.Home, ".continuum")))
	script := strings.ReplaceAll(strings.Join(lines, "\n"), "yourpackage-1.0-0.conda", archive(t, tinyc))
	c.shell(script).ok(t).says(t, "Upload complete")
	s.get("", "/api/package/alice/tinyc").is(t, http.StatusOK)
}
