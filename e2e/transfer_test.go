package e2e

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestTransferredPackage gives a package with conda and Python files away while
// clients have its old index in their caches: it is gone for them where it was, and
// they install it where it is.
func TestTransferredPackage(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	s.admin("", "create-org", "acme", "--owner", "alice")
	token, theirs := s.addToken("alice", "ci", "all"), s.addToken("bob", "ci", "all")
	s.uploadAs(token, "-u", "acme", tiny10, tiny11, tinyc, tinyn).ok(t)
	s.uploadAs(token, "-u", "acme", "-l", "dev", tinydev).ok(t)
	s.change(http.StatusCreated, token, http.MethodPut, "/api/packages/acme/tinyn/collaborators/bob", "")
	c := newClient(t, s)
	forms := [][]string{nil, {"--no-shards"}, {"--no-shards", "--no-zst"}}
	from := func(channel string, form []string, name string) solved {
		return c.rattler(append([]string{"--channel", s.URL + channel, "--platform", "linux-64"}, append(form, t.TempDir(), name)...)...)
	}
	for _, form := range forms {
		from("/conda/acme", form, "tinyn").has(t, "tinyn-0.1-0.conda")
		from("/conda/alice", form, "tinyn").fails(t, "No candidates were found for tinyn")
		from("/conda/acme/label/dev", form, "tinydev").has(t, "tinydev-0.9-0.conda")
	}
	for _, name := range []string{"tinyn", "tinydev"} {
		s.change(http.StatusOK, token, http.MethodPost, "/api/package/acme/"+name+"/transfer", `{"owner": "alice"}`)
	}
	for _, form := range forms {
		from("/conda/acme", form, "tinyn").fails(t, "No candidates were found for tinyn")
		from("/conda/alice", form, "tinyn").has(t, "tinyn-0.1-0.conda")
		from("/conda/acme/label/dev", form, "tinydev").fails(t, "No candidates were found for tinydev")
		from("/conda/alice/label/dev", form, "tinydev").has(t, "tinydev-0.9-0.conda")
		from("/conda/acme", form, "tinyc").has(t, "tinyc-2.0-h0_0.conda", "tiny-1.1-h1234567_1.tar.bz2") // what stays
	}
	for _, at := range []string{"/conda/acme/noarch/tinyn-0.1-0.conda", "/api/package/acme/tinyn", "/acme/tinyn"} {
		s.get(token, at).is(t, http.StatusNotFound)
	}
	s.send(http.MethodPatch, s.URL+"/api/package/alice/tinyn", nil, "Authorization", "token "+theirs).is(t, http.StatusForbidden) // no collaborator any more
	s.admin("", "check", "--deep")
}

// TestTransferredProject does the same with a Python project, for pip and uv.
func TestTransferredProject(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.admin("", "create-org", "acme", "--owner", "alice")
	token := s.addToken("alice", "ci", "all")
	c := newClient(t, s)
	c.tool("twine", "upload", "--repository-url", s.URL+"/pypi/acme/", "-u", "__token__", "-p", token, distribution(t, leaf10)).ok(t)
	installs := func(channel string) (pip, uv bool) {
		index := s.URL + "/pypi/" + channel + "/simple/"
		_, byPip := c.pip(index, "leaf")
		_, byUV := c.uv(index, "leaf")
		return byPip.status == 0, byUV.status == 0
	}
	want := func(channel string, there bool) {
		t.Helper()
		if pip, uv := installs(channel); pip != there || uv != there {
			t.Errorf("from %s pip installs it: %t, uv: %t, want %t", channel, pip, uv, there)
		}
	}
	want("acme", true)
	s.change(http.StatusOK, token, http.MethodPost, "/api/package/acme/leaf/transfer", `{"owner": "alice"}`)
	want("acme", false)
	want("alice", true)
}

// TestTransferInBrowser gives a package to an organization on its settings page, with
// scripts and without, after asking who may see it.
func TestTransferInBrowser(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts=%t", scripts), func(t *testing.T) {
			t.Parallel()
			s := startServer(t)
			s.addUser("alice")
			s.addUser("bob")
			s.admin("", "create-org", "acme", "--owner", "alice")
			s.uploadAs(s.addToken("alice", "ci", "all"), "--private", tinyn, tinyc).ok(t)
			b := newBrowser(t, s, scripts)
			b.signIn("alice")
			b.asksAndShares(s.addToken("bob", "laptop", "all"))
			b.open("/alice/tinyn/settings")
			b.look("package-transfer-panel")
			b.run(chromedp.SetValue("#to", "acme", chromedp.ByQuery))
			b.click("button", "Transfer tinyn…")
			b.find("heading", "Transfer tinyn to acme.*")
			b.fill("Type the name to confirm", "tiny")
			b.click("button", "Transfer tinyn")
			b.find("StaticText", "Type tinyn, exactly as it is written here.")
			b.look("package-transfer")
			b.forgive("422")
			b.open("/alice/tinyn/transfer?to=acme")
			b.fill("Type the name to confirm", "tinyn")
			b.click("button", "Transfer tinyn")
			b.arrives("/acme/tinyn")
			b.find("heading", "tinyn.*")
			b.open("/alice/tinyn")
			b.find("heading", "There is nothing to see here")
			b.forgive("404")
		})
	}
}

// asksAndShares asks why bob does not see a package, finds it by its name, does what
// would change it, and asks again.
func (b *browser) asksAndShares(bob string) {
	b.t.Helper()
	b.open("/alice/settings/why")
	b.enter("combobox", "Person or token", "bob")
	b.enter("searchbox", "Package", "tinyn")
	b.look("why-any")
	b.click("button", "Explain")
	b.find("heading", "No: bob may not see and install tinyn")
	b.find("heading", "What would change it")
	b.look("why-remedies")
	b.click("link", "Collaborators")
	b.fill("Username", "bob")
	b.click("button", "Add collaborator")
	b.find("button", "Remove bob")
	b.wants(bob, "/alice/tinyn", http.StatusOK)
	b.open("/alice/tinyc/access?user=bob&package=tinyn&wants=read")
	b.find("heading", "Yes: bob may see and install tinyn")
}
