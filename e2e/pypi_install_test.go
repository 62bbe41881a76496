package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// stocked is a server whose user alice has all distributions in her channel.
func stocked(t *testing.T) (*server, *client) {
	t.Helper()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	c.tool("uv", append([]string{"publish", "--publish-url", s.URL + "/pypi/alice/legacy/", "-u", "alice", "-p", password}, distributions(t, "")...)...).ok(t)
	return s, c
}

var requestLine = regexp.MustCompile(`msg=request method=(\S+) path=(\S+) status=(\d+)`)

// requests are those below /pypi that do made, as method, path and status.
func (s *server) requests(do func()) []string {
	s.t.Helper()
	before := len(s.log.String())
	do()
	var found []string
	for _, m := range requestLine.FindAllStringSubmatch(s.log.String()[before:], -1) {
		if strings.HasPrefix(m[2], "/pypi/") {
			found = append(found, strings.Join(m[1:], " "))
		}
	}
	return found
}

// TestPipInstall picks versions, resolves extras and counts requests (rows 1 to
// 7).
func TestPipInstall(t *testing.T) {
	t.Parallel()
	s, c := stocked(t)
	simple := s.URL + "/pypi/alice/simple"
	download := func(args ...string) outcome {
		return c.tool("pip", append([]string{"download", "--no-deps", "--no-cache-dir", "-d", t.TempDir(), "--index-url", simple}, args...)...)
	}
	for _, spelling := range []string{"tiny-wheel", "Tiny_Wheel"} {
		got := s.requests(func() { download(spelling).ok(t).says(t, "Saved", tinyWheel) })
		if len(got) != 3 || got[0] != "GET /pypi/alice/simple/tiny-wheel/ 200" || !strings.HasSuffix(got[1], ".whl.metadata 200") || !strings.HasSuffix(got[2], ".whl 200") {
			t.Errorf("pip download %s asks %q, want a page, metadata and the wheel", spelling, got)
		}
	}
	dry := []string{"install", "--dry-run", "--ignore-installed", "--no-cache-dir", "--index-url", simple + "/"}
	got := s.requests(func() {
		c.tool("pip", append(dry, "Rec.Pkg_Main")...).ok(t).says(t, "Would install", "Rec.Pkg_Main-1.1.0+local.1", "leaf-1.1")
	})
	if slices.ContainsFunc(got, func(r string) bool { return strings.HasSuffix(r, ".whl 200") }) || !strings.Contains(strings.Join(got, " "), "%2Blocal") && !strings.Contains(strings.Join(got, " "), "+local") {
		t.Errorf("a dry run asks %q, want pages and metadata alone", got)
	}
	c.tool("pip", append(dry, "Rec.Pkg_Main[fast]==1.0.0")...).ok(t).says(t, "boost-0.1", "leaf-1.1", "Rec.Pkg_Main-1.0.0")
	download("leaf").ok(t).says(t, leaf11)
	download("leaf", "--pre").ok(t).says(t, "leaf-2.0rc1-py3-none-any.whl")
	download("leaf", "--no-binary", ":all:", "--no-build-isolation").ok(t).says(t, "leaf-1.1.tar.gz")
	download("leaf==3.0").exits(t, 1).says(t, "3.99", "No matching distribution")
	download("nosuch").exits(t, 1).says(t, "No matching distribution found for nosuch")
	c.tool("pip", "index", "versions", "leaf", "--json", "--index-url", simple).ok(t).says(t, `"versions": ["1.1", "1.0"]`)
	c.tool("pip", "download", "--no-deps", "-d", t.TempDir(), "--index-url", s.URL+"/alice/simple/", "leaf==1.0").ok(t).says(t, leaf10)
}

// TestInstall has both pip and uv resolve and install, public.
func TestInstall(t *testing.T) {
	t.Parallel()
	s, c := stocked(t)
	for _, simple := range []string{"/pypi/alice/simple", "/pypi/Alice/simple/", "/alice/simple/", "/pypi/alice/label/main/simple/"} {
		c.installs(s.URL+simple, []string{"Rec_Pkg.main[fast]==1.0"}, "boost-0.1", "leaf-1.1", "rec_pkg_main-1.0.0")
	}
	c.installs(s.URL+"/pypi/alice/simple", []string{"rec-pkg-main"}, "leaf-1.1", "rec_pkg_main-1.1.0+local.1")
}

// TestDates chooses by the day of upload (row 19), which many indexes do not tell.
func TestDates(t *testing.T) {
	t.Parallel()
	s, c := stocked(t)
	simple := s.URL + "/pypi/alice/simple/"
	before, after := time.Now().Add(-time.Hour).UTC().Format(time.RFC3339), time.Now().Add(time.Hour).UTC().Format(time.RFC3339)
	if got, o := c.uv(simple, "--exclude-newer", after, "leaf"); o.status != 0 || len(got) != 1 {
		t.Errorf("uv, with all of them: %q\n%s", got, o.both())
	}
	if _, o := c.uv(simple, "--exclude-newer", before, "leaf"); o.status == 0 || strings.Contains(o.both(), "missing an upload date") {
		t.Errorf("uv, with none: %d\n%s", o.status, o.both())
	}
	if got, o := c.pip(simple, "--uploaded-prior-to", after, "leaf"); o.status != 0 || len(got) != 1 {
		t.Errorf("pip, with all of them: %q\n%s", got, o.both())
	}
	if _, o := c.pip(simple, "--uploaded-prior-to", before, "leaf"); o.status == 0 || strings.Contains(o.both(), "does not provide upload-time") {
		t.Errorf("pip, with none: %d\n%s", o.status, o.both())
	}
}

// TestUvCaches asks again only for what may have changed (rows 12 and 13).
func TestUvCaches(t *testing.T) {
	t.Parallel()
	s, c := stocked(t)
	cache := t.TempDir()
	install := func(more ...string) []string {
		return s.requests(func() {
			args := []string{"pip", "install", "--python", venvProgram(t, "python"), "--cache-dir", cache, "--target", t.TempDir(), "--index-url", s.URL + "/pypi/alice/simple/", "tiny-wheel"}
			c.tool("uv", append(args, more...)...).ok(t)
		})
	}
	if got := install(); len(got) != 3 {
		t.Errorf("the first time: %q, want a page, metadata and the wheel", got)
	}
	if got := install(); len(got) > 1 || len(got) == 1 && !strings.HasSuffix(got[0], " 304") {
		t.Errorf("the second time: %q, want at most a 304", got)
	}
	if got := install("--refresh"); len(got) != 1 || !strings.HasSuffix(got[0], "tiny-wheel/ 304") {
		t.Errorf("afresh: %q, want one 304", got)
	}

	s.admin("", "create-org", "acme", "--owner", "alice")
	got := s.requests(func() {
		names, o := c.uv(s.URL+"/pypi/alice/simple/", "--extra-index-url", s.URL+"/pypi/acme/simple/", "leaf")
		if o.status != 0 || !slices.Equal(names, []string{"leaf-1.1"}) {
			t.Errorf("with two indexes: %q\n%s", names, o.both())
		}
	})
	if !slices.Contains(got, "GET /pypi/acme/simple/leaf/ 404") {
		t.Errorf("with two indexes: %q, want a 404 of the first", got)
	}
}

// TestUvProject locks, upgrades and installs what is locked (rows 17 and 18).
func TestUvProject(t *testing.T) {
	t.Parallel()
	s, c := stocked(t)
	folder := filepath.Join(c.Home, "app")
	python := venvProgram(t, "python")
	s.admin("", "create-org", "acme", "--owner", "alice") // has nothing, and stands in for the public index
	uv := func(args ...string) outcome {
		return c.with("UV_DEFAULT_INDEX="+s.URL+"/pypi/acme/simple/").tool("uv", append([]string{"--project", folder, "--cache-dir", t.TempDir()}, args...)...)
	}
	c.tool("uv", "init", "--bare", "--no-workspace", "--python", python, folder).ok(t)
	uv("add", "--python", python, "--index", "priv="+s.URL+"/pypi/alice/simple/", "leaf").ok(t)
	uv("lock", "--python", python, "--upgrade").ok(t)
	lock, err := os.ReadFile(filepath.Join(folder, "uv.lock"))
	sure(t, err)
	for _, f := range s.project("/pypi/alice/simple/leaf/").Files {
		if f.Filename != leaf11 {
			continue
		}
		for _, words := range []string{"sha256:" + f.Hashes["sha256"], "size = ", "upload-time = \"" + f.UploadTime[:19], s.URL + "/pypi/alice/simple/leaf/" + f.URL} {
			if !strings.Contains(string(lock), words) {
				t.Errorf("the lock does not say %s:\n%s", words, lock)
			}
		}
	}
	sure(t, os.RemoveAll(filepath.Join(folder, ".venv")))
	got := s.requests(func() { uv("sync", "--python", python, "--frozen").ok(t).says(t, "leaf==1.1") })
	if len(got) != 1 || !strings.HasSuffix(got[0], leaf11+" 200") {
		t.Errorf("a frozen sync asks %q, want the file alone", got)
	}
	sure(t, os.WriteFile(filepath.Join(c.Home, "in.txt"), []byte("leaf==1.1\n"), 0o600))
	o := c.tool("uv", "pip", "compile", "--python", python, "--generate-hashes", "--index-url", s.URL+"/pypi/alice/simple/", filepath.Join(c.Home, "in.txt")).ok(t)
	for _, f := range s.project("/pypi/alice/simple/leaf/").Files {
		if strings.Contains(o.stdout, f.Hashes["sha256"]) != strings.HasPrefix(f.Filename, "leaf-1.1") {
			t.Errorf("hashes of %s: %s", f.Filename, o.stdout)
		}
	}
}

// TestLegacyJSON is what scanners ask for (row 46).
func TestLegacyJSON(t *testing.T) {
	t.Parallel()
	s, _ := stocked(t)
	latest := s.ask("GET", "/pypi/alice/leaf/json").json(t)
	if v := latest["info"].(map[string]any)["version"]; v != "1.1" && v != "3.0" {
		t.Errorf("the latest is %v", v)
	}
	for _, version := range []string{"1.0", "1.1", "2.0rc1", "3.0"} {
		if _, ok := latest["releases"].(map[string]any)[version]; !ok {
			t.Errorf("no release %s in %v", version, latest["releases"])
		}
	}
	old := s.ask("GET", "/pypi/alice/leaf/1.0/json").json(t)
	raw, err := json.Marshal(old["urls"])
	if err != nil || old["info"].(map[string]any)["version"] != "1.0" || !strings.Contains(string(raw), leaf10) || strings.Contains(string(raw), "1.1") {
		t.Errorf("of 1.0: %s %v", raw, err)
	}
}
