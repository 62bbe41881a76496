package e2e

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestYankedConda passes a yanked file over in every solve and installs it for who
// names it (conda-channel.md row 39).
func TestYankedConda(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "all")
	s.uploadAs(token, tiny10, tiny11).ok(t)
	c, channel := newClient(t, s), s.URL+"/conda/alice"
	newest := []string{"--platform", "linux-64", "--channel", channel}
	c.rattler(append(newest, t.TempDir(), "tiny")...).has(t, "tiny-1.1-h1234567_1.tar.bz2")

	const file = "/api/dist/alice/tiny/1.1/" + tiny11
	s.change(200, token, http.MethodPost, file+"/yank", `{"reason": "Broken."}`)
	for _, how := range [][]string{nil, {"--no-shards"}, {"--no-shards", "--no-zst"}} {
		c.rattler(append(append(how, newest...), t.TempDir(), "tiny")...).has(t, "tiny-1.0-0.tar.bz2")
	}
	c.rattler(append(newest, t.TempDir(), "tiny==1.1")...).fails(t, "tiny")
	var index struct{ Removed []string }
	if err := json.Unmarshal(s.get("", "/conda/alice/linux-64/repodata.json").is(t, 200).body, &index); err != nil || !slices.Equal(index.Removed, []string{"tiny-1.1-h1234567_1.tar.bz2"}) {
		t.Errorf("removed: %v, %v", index.Removed, err)
	}
	s.get("", "/conda/alice/"+tiny11).is(t, 200)
	c.rattler(append(newest, t.TempDir(), channel+"/"+tiny11)...).has(t, "tiny-1.1-h1234567_1.tar.bz2")

	s.change(200, token, http.MethodDelete, file+"/yank", "")
	c.rattler(append(newest, t.TempDir(), "tiny")...).has(t, "tiny-1.1-h1234567_1.tar.bz2")
}

// TestPatchedConda solves by what a patch says, in all formats.
func TestPatchedConda(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "all")
	s.uploadAs(token, tiny10, tinyc).ok(t)
	c := newClient(t, s)
	solve := func(how ...string) solved {
		return c.rattler(append(how, "--platform", "linux-64", "--channel", s.URL+"/conda/alice", "--no-install", t.TempDir(), "tinyc")...)
	}
	solve().has(t, "tiny-1.0-0.tar.bz2", "tinyc-2.0-h0_0.conda")
	const file = "/api/dist/alice/tinyc/2.0/" + tinyc
	s.change(200, token, http.MethodPut, file+"/patch", `{"patch": {"depends": ["tiny >=9"]}, "reason": "Needs more."}`)
	solve().fails(t, "tiny")
	solve("--no-shards").fails(t, "tiny")
	s.change(200, token, http.MethodPut, file+"/patch", `{"patch": {"depends": []}}`)
	solve().has(t, "tinyc-2.0-h0_0.conda")
	s.change(200, token, http.MethodDelete, file+"/patch", "")
	solve("--no-shards").has(t, "tiny-1.0-0.tar.bz2", "tinyc-2.0-h0_0.conda")
}

// TestYankedPython has pip and uv pass over what is yanked, and tell why to who
// asks for it by its version (rows 5 and 41).
func TestYankedPython(t *testing.T) {
	t.Parallel()
	s, c := stocked(t)
	token, simple := s.addToken("alice", "ci", "all"), s.URL+"/pypi/alice/simple/"
	etag := s.ask("GET", "/pypi/alice/simple/leaf/").is(t, 200).header.Get("ETag")
	s.change(200, token, http.MethodPost, "/api/release/alice/leaf/1.1/yank", `{"reason": "Broken build <2>."}`)
	if got := s.ask("GET", "/pypi/alice/simple/leaf/").is(t, 200).header.Get("ETag"); got == etag {
		t.Error("the page has the same ETag as before")
	}
	c.installs(simple, []string{"leaf"}, "leaf-1.0")
	c.installs(simple, []string{"leaf==1.1"}, "leaf-1.1")
	for program, run := range map[string]func(string, ...string) ([]string, outcome){"pip": c.pip, "uv": c.uv} {
		if _, o := run(simple, "leaf==1.1"); !strings.Contains(o.flat().both(), "Broken build <2>.") {
			t.Errorf("%s does not say why:\n%s", program, o.both())
		}
	}
	s.change(200, token, http.MethodDelete, "/api/release/alice/leaf/1.1/yank", "")
	c.installs(simple, []string{"leaf"}, "leaf-1.1")
}

// TestProjectStatus closes uploads and holds files back (row 42).
func TestProjectStatus(t *testing.T) {
	t.Parallel()
	s, c := stocked(t)
	token, simple := s.addToken("alice", "ci", "all"), s.URL+"/pypi/alice/simple/"
	file := s.project("/pypi/alice/simple/leaf/").Files[0].URL
	set := func(status string) {
		s.change(200, token, http.MethodPut, "/api/package/alice/leaf/status", `{"status": "`+status+`", "reason": "See <docs>."}`)
	}
	upload := func() outcome {
		return c.tool("twine", "upload", "--repository-url", s.URL+"/pypi/alice/", "-u", "__token__", "-p", token, distribution(t, leaf10))
	}
	set("archived")
	upload().exits(t, 1).flat().says(t, "403", "Project leaf is archived; uploads are closed.")
	c.installs(simple, []string{"leaf"}, "leaf-1.1")
	set("quarantined")
	if page := s.project("/pypi/alice/simple/leaf/"); page.Name != "leaf" || len(page.Files) != 0 {
		t.Errorf("quarantined: %+v", page)
	}
	s.get("", "/pypi/alice/simple/leaf/"+file).is(t, http.StatusForbidden)
	for _, run := range []func(string, ...string) ([]string, outcome){c.pip, c.uv} {
		if got, o := run(simple, "leaf"); o.status == 0 || len(got) > 0 {
			t.Errorf("installed %q of a quarantined project\n%s", got, o.both())
		}
	}
	html := string(s.ask("GET", "/pypi/alice/simple/leaf/", "Accept", "text/html").is(t, 200).body)
	if !strings.Contains(html, `<meta name="pypi:project-status" content="quarantined">`) || !strings.Contains(html, `content="See &lt;docs&gt;."`) {
		t.Errorf("in HTML:\n%s", html)
	}
	set("active")
	c.installs(simple, []string{"leaf"}, "leaf-1.1")
	upload().ok(t)
}
