package e2e

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vivarium/app/scaletest"
)

var update = flag.Bool("update", false, "rewrite the transcripts of what clients send")

// transcripts are kept beside the test that sends them again.
const transcripts = "../app/testdata/transcripts"

// session is what a client is made to do.
type session struct {
	name, title string
	run         func(t *testing.T, r *recorder, c *client)
}

var sessions = []session{
	{"anaconda-login", "anaconda-client 1.16.0 logs in, makes, lists and removes a token, and logs out", func(t *testing.T, _ *recorder, c *client) {
		c.login("alice")
		c.anaconda("whoami").ok(t)
		c.createToken("--name", "ci", "--scopes", "repos conda:download", "--max-age", "3600").ok(t)
		c.anaconda("auth", "--list").ok(t)
		c.anaconda("auth", "--list-scopes").ok(t)
		c.anaconda("auth", "--remove", "ci").ok(t)
		c.anaconda("logout").ok(t)
		c.anaconda("whoami").ok(t)
	}},
	{"anaconda-upload", "anaconda-client 1.16.0 uploads conda packages: new, again, skipped, by force, with labels, private", func(t *testing.T, r *recorder, c *client) {
		token := []string{"-t", r.token("ci", "api:write"), "upload"}
		upload := func(args ...string) outcome { return c.anaconda(append(token, args...)...) }
		upload(r.conda(tinyn)).ok(t)
		upload(r.conda(tinyn)).exits(t, 1)
		upload("--skip-existing", r.conda(tinyn)).ok(t)
		upload("--force", r.conda(tinyn)).ok(t)
		upload("-l", "dev", "-l", "main", r.conda(tiny11)).ok(t)
		upload("--private", r.conda(gamma)).ok(t)
	}},
	{"anaconda-files", "anaconda-client 1.16.0 shows, downloads and removes packages", func(t *testing.T, r *recorder, c *client) {
		token := []string{"-t", r.token("ci", "api:write")}
		anaconda := func(args ...string) outcome { return c.anaconda(append(token, args...)...) }
		anaconda("upload", r.conda(tiny10), r.conda(tiny11)).ok(t)
		anaconda("show", "alice").ok(t)
		anaconda("show", "alice/tiny").ok(t)
		anaconda("show", "alice/tiny/1.1").ok(t)
		anaconda("show", "alice/tiny/1.1/"+tiny11).ok(t)
		anaconda("show", "alice/nothing").exits(t, 1)
		c.makeFolders("D/noarch", "D/linux-64")
		anaconda("download", "alice/tiny", "-o", "D").ok(t)
		anaconda("search", "tiny")
		anaconda("remove", "-f", "alice/tiny/1.1/"+tiny11).ok(t)
		anaconda("remove", "-f", "alice/tiny/1.1").ok(t)
		anaconda("remove", "-f", "alice/tiny").ok(t)
	}},
	{"anaconda-python", "anaconda-client 1.16.0 uploads a wheel and an sdist", func(t *testing.T, r *recorder, c *client) {
		token := r.token("ci", "api:write")
		c.anaconda("-t", token, "upload", r.python(tinyWheel), r.python(tinySdist)).ok(t)
		c.anaconda("-t", token, "upload", r.python(tinyWheel)).exits(t, 1)
	}},
	{"rattler-build-upload", "py-rattler-build 0.73.0 uploads: new, again, and by force", func(t *testing.T, r *recorder, c *client) {
		args := []string{"--url", c.s.API, "--owner", "alice", "--token", r.token("ci", "api:write")}
		upload := func(more ...string) string { return c.rattlerBuildUpload(append(args, more...)...) }
		for _, name := range []string{tinyn, tiny10} {
			if err := upload("--label", "main", "--label", "dev", r.conda(name)); err != "" {
				t.Error(err)
			}
		}
		if err := upload(r.conda(tinyn)); err == "" {
			t.Error("a second upload is not refused")
		}
		if err := upload("--force", r.file("again/"+tinyn, c.rebuilt(tinyn))); err != "" {
			t.Error(err)
		}
	}},
	{"rattler-install", "py-rattler 0.28.0 (the engine of pixi) installs: with shards, without, again from a warm cache, with a token", func(t *testing.T, r *recorder, c *client) {
		token := r.token("ci", "all")
		c.anaconda("-t", token, "upload", r.conda(tinyn), r.conda(tiny10)).ok(t)
		channel, cache := []string{"--channel", c.s.URL + "/conda/alice", "--platform", "linux-64"}, t.TempDir()
		for _, form := range [][]string{{"--cache", cache}, {"--cache", cache}, {"--no-shards"}, {"--no-shards", "--no-zst"}} {
			c.rattler(slices.Concat(channel, form, []string{t.TempDir(), "tinyn"})...).has(t, "tinyn-0.1-0.conda")
		}
		c.rattler("--channel", c.s.URL+"/conda/t/"+token+"/alice", "--platform", "linux-64", t.TempDir(), "tiny").has(t, "tiny-1.0-0.tar.bz2")
	}},
	{"twine-upload", "twine 7.0.0 uploads: new, the same again, other bytes, without a right to", func(t *testing.T, r *recorder, c *client) {
		token := r.token("ci", "pypi:upload")
		twine := func(secret string, files ...string) outcome {
			return c.tool("twine", append([]string{"upload", "--repository-url", c.s.URL + "/pypi/alice/legacy/", "-u", "__token__", "-p", secret}, files...)...)
		}
		twine(token, r.python(tinyWheel), r.python(tinySdist), r.python(leaf10)).ok(t)
		twine(token, r.python(tinyWheel)).ok(t)
		twine(token, r.python("other/"+leaf10)).exits(t, 1)
		twine(r.token("read", "pypi:download"), r.python(leaf11)).exits(t, 1)
	}},
	{"uv-publish", "uv 0.13.9 publishes: new, the same again, and after a look at what is there", func(t *testing.T, r *recorder, c *client) {
		publish := []string{"publish", "--publish-url", c.s.URL + "/pypi/alice/legacy/", "-t", r.token("ci", "pypi")}
		uv := func(args ...string) outcome { return c.tool("uv", append(publish, args...)...) }
		uv(r.python(tinyWheel), r.python(tinySdist), r.python(leaf10)).ok(t)
		uv(r.python(tinyWheel)).ok(t)
		uv("--check-url", c.s.URL+"/pypi/alice/simple/", r.python(tinyWheel)).ok(t)
		uv("--check-url", c.s.URL+"/pypi/alice/simple/", r.python(leaf11)).ok(t)
	}},
	{"pip-install", "pip 26.3 installs: public, twice from one cache, with a token in the path and by Basic", func(t *testing.T, r *recorder, c *client) {
		token := r.stock(c)
		cache := t.TempDir()
		pip := func(index string, args ...string) {
			c.tool("pip", slices.Concat([]string{"install", "--no-compile", "--ignore-installed", "--target", t.TempDir(), "--index-url", index}, args)...).ok(t)
		}
		pip(c.s.URL+"/pypi/alice/simple/", "--cache-dir", cache, "tiny-wheel")
		pip(c.s.URL+"/pypi/alice/simple/", "--cache-dir", cache, "tiny-wheel")
		pip(c.s.URL+"/pypi/t/"+token+"/alice/simple/", "--no-cache-dir", "leaf")
		pip(withUser(c.s.URL+"/pypi/alice/simple/", "__token__", token), "--no-cache-dir", "leaf==1.0")
	}},
	{"uv-install", "uv 0.13.9 installs: public, afresh with one cache, with a token in the path and by Basic", func(t *testing.T, r *recorder, c *client) {
		token := r.stock(c)
		cache := t.TempDir()
		uv := func(index string, args ...string) {
			c.tool("uv", slices.Concat([]string{"pip", "install", "--python", venvProgram(t, "python"), "--target", t.TempDir(), "--index-url", index}, args)...).ok(t)
		}
		uv(c.s.URL+"/pypi/alice/simple/", "--cache-dir", cache, "tiny-wheel")
		uv(c.s.URL+"/pypi/alice/simple/", "--cache-dir", cache, "--refresh", "tiny-wheel")
		uv(c.s.URL+"/pypi/t/"+token+"/alice/simple/", "--cache-dir", t.TempDir(), "leaf")
		uv(withUser(c.s.URL+"/pypi/alice/simple/", "__token__", token), "--cache-dir", t.TempDir(), "leaf==1.0")
	}},
}

// stock uploads what there is to install and returns a token for it.
func (r *recorder) stock(c *client) string {
	r.t.Helper()
	token := r.token("ci", "pypi")
	files := []string{r.python(tinyWheel), r.python(leaf10), r.python(leaf11)}
	c.tool("twine", append([]string{"upload", "--repository-url", c.s.URL + "/pypi/alice/legacy/", "-u", "__token__", "-p", token}, files...)...).ok(r.t)
	return token
}

// TestTranscripts has each client ask the same as in its transcript, which a test
// of the program sends again without the client.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	if !*update && scaletest.Share(t) < 1 {
		t.Skip("skipped: it takes a minute, and pinned clients do not change; TEST_SCALE=1 runs it")
	}
	for _, s := range sessions {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			r, c := newRecorder(t)
			s.run(t, r, c)
			got, file := r.text(s.title), filepath.Join(transcripts, s.name+".txt")
			if secretPattern.MatchString(got) || strings.Contains(got, password) {
				t.Fatal("the transcript holds a secret")
			}
			if *update {
				sure(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			sure(t, err)
			if got, want := asked(got), asked(string(want)); !slices.Equal(got, want) {
				t.Errorf("%s asks %q,\nthe transcript says %q; rewrite it with -update if the client may", s.name, got, want)
			}
		})
	}
}

var askedLine = regexp.MustCompile(`(?s)\n> (\S+ [^\n]*)\n.*?\n(< [^\n]*)`)

// asked are the requests and statuses of a transcript, each once and in no order:
// clients ask several things at a time.
func asked(transcript string) []string {
	var all []string
	for _, m := range askedLine.FindAllStringSubmatch("\n"+transcript, -1) {
		all = append(all, m[1]+" "+m[2])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

var pin = regexp.MustCompile(`(?m)^([\w-]+)==(\S+)$`)

// TestTranscriptsAreOfTheseClients: who raises a client's version records anew.
func TestTranscriptsAreOfTheseClients(t *testing.T) {
	t.Parallel()
	pins, err := os.ReadFile("requirements.txt")
	sure(t, err)
	version := map[string]string{}
	for _, m := range pin.FindAllStringSubmatch(string(pins), -1) {
		version[m[1]] = m[2]
	}
	for _, s := range sessions {
		text, err := os.ReadFile(filepath.Join(transcripts, s.name+".txt"))
		sure(t, err)
		words := strings.Fields(string(text))
		if client := words[1]; version[client] != words[2] || !strings.HasPrefix(string(text), "# "+s.title+".\n") {
			t.Errorf("%s is of %s %s, want %q; record it with -update", s.name, client, words[2], s.title)
		}
	}
}
