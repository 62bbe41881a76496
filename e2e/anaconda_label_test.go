package e2e

import (
	"regexp"
	"testing"
)

// TestAnacondaLabels runs every form of anaconda label, and what conda clients get
// then (rows 37 to 41).
func TestAnacondaLabels(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.admin("", "create-org", "acme", "--owner", "alice")
	c := newClient(t, s)
	c.login("alice")
	c.anaconda("upload", archive(t, tiny10)).ok(t)
	c.anaconda("upload", "-l", "dev", "-l", "main", archive(t, tiny11)).ok(t)

	c.anaconda("label", "--list").ok(t).says(t, " + main", " + dev")
	c.anaconda("label", "--show", "dev").ok(t).says(t, "alice/tiny/1.1/"+tiny11).lacks(t, tiny10)
	c.anaconda("label", "--copy", "main", "release/test").ok(t).says(t, "Copied label main to release/test")
	c.anaconda("label", "--list").ok(t).says(t, " + release/test")
	wantFiles(t, s, "/conda/alice/label/release/test/noarch", "tiny-1.0-0.tar.bz2")
	wantFiles(t, s, "/conda/alice/label/release/test/linux-64", "tiny-1.1-h1234567_1.tar.bz2")

	c.anaconda("label", "--lock", "dev").ok(t).says(t, "Label dev is now locked")
	c.anaconda("label", "--list").ok(t).says(t, " + dev[locked]")
	c.anaconda("upload", "-l", "dev", archive(t, tinydev)).exits(t, 1).says(t, "Label dev of alice is locked. Unlock it first.", "409")
	c.anaconda("label", "--copy", "main", "dev").exits(t, 1).says(t, "Label dev of alice is locked")
	c.anaconda("label", "--remove", "dev").exits(t, 1).says(t, "Label dev of alice is locked")
	c.anaconda("remove", "-f", "alice/tiny/1.1/"+tiny11).says(t, "Label dev of alice is locked")
	wantFiles(t, s, "/conda/alice/label/dev/linux-64", "tiny-1.1-h1234567_1.tar.bz2")
	c.anaconda("label", "--unlock", "dev").ok(t).says(t, "Label dev is now unlocked")

	c.anaconda("label", "--remove", "release/test").ok(t).says(t, "Removed label release/test")
	c.anaconda("label", "--list").ok(t).lacks(t, "release/test")
	wantFiles(t, s, "/conda/alice/label/release/test/noarch")
	wantFiles(t, s, "/conda/alice/noarch", "tiny-1.0-0.tar.bz2")

	c.anaconda("upload", "-u", "acme", archive(t, tinyc)).ok(t)
	c.anaconda("label", "-o", "acme", "--list").ok(t).says(t, " + main").lacks(t, "dev")
	c.anaconda("label", "-o", "acme", "--copy", "main", "qa").ok(t)
	wantFiles(t, s, "/conda/acme/label/qa/linux-64", "tinyc-2.0-h0_0.conda")
	c.rattler("--channel", s.URL+"/conda/acme/label/qa", "--channel", s.URL+"/conda/alice", t.TempDir(), "tinyc").has(t, "tiny-1.1-h1234567_1.tar.bz2", "tinyc-2.0-h0_0.conda")
}

// TestAnacondaMove moves files from label to label (rows 42 and 43).
func TestAnacondaMove(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	c.login("alice")
	c.anaconda("upload", "-l", "dev", archive(t, tiny10), archive(t, tiny11)).ok(t)
	c.anaconda("move", "alice/tiny/1.1", "--from-label", "dev", "--to-label", "QA").ok(t)
	c.anaconda("label", "--show", "qa").ok(t).says(t, "alice/tiny/1.1/"+tiny11)
	wantFiles(t, s, "/conda/alice/label/qa/linux-64", "tiny-1.1-h1234567_1.tar.bz2")
	wantFiles(t, s, "/conda/alice/label/dev/linux-64")
	c.anaconda("move", "alice/tiny", "--from-label", "dev", "--to-label", "main").ok(t)
	wantFiles(t, s, "/conda/alice/label/dev/noarch")
	wantFiles(t, s, "/conda/alice/noarch", "tiny-1.0-0.tar.bz2")
	c.anaconda("move", "alice/tiny/1.1", "--from-label", "nolabel", "--to-label", "x").exits(t, 1).says(t, "Label nolabel does not exist")
}

// TestAnacondaCopy copies packages between accounts, with each answer to what is
// there already (rows 44 and 45).
func TestAnacondaCopy(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	s.admin("", "create-org", "acme", "--owner", "alice")
	c := newClient(t, s)
	c.login("alice")
	c.anaconda("upload", archive(t, tiny10), archive(t, tiny11)).ok(t)
	copyTo := func(args ...string) outcome {
		return c.anaconda(append([]string{"copy", "alice/tiny/1.0"}, args...)...)
	}
	copyTo("--to-owner", "acme").ok(t).says(t, "Copied file: "+tiny10, "Copied 1 files!")
	wantFiles(t, s, "/conda/acme/noarch", "tiny-1.0-0.tar.bz2")
	copyTo("--to-owner", "acme").exits(t, 1).says(t, "File conflict")
	copyTo("--to-owner", "acme", "--update").ok(t).says(t, "Copied 0 files!")
	copyTo("--to-owner", "acme", "--replace", "--to-label", "stable/1").ok(t).says(t, "Copied 1 files!")
	wantFiles(t, s, "/conda/acme/label/stable/1/noarch", "tiny-1.0-0.tar.bz2")
	copyTo("--to-owner", "bob").exits(t, 1).says(t, "403")
	copyTo("--to-owner", "acme", "--from-label", "nosuch").exits(t, 1).says(t, "does not exist")
	// To one's own account: the label alone.
	copyTo("--to-label", "dev").ok(t).says(t, "Copied 1 files!")
	wantFiles(t, s, "/conda/alice/label/dev/noarch", "tiny-1.0-0.tar.bz2")

	bob := newClient(t, s)
	bob.login("bob")
	bob.anaconda("copy", "alice/tiny/1.1/"+tiny11).ok(t).says(t, "Copied 1 files!")
	bob.rattler("--channel", s.URL+"/conda/bob", t.TempDir(), "tiny").has(t, "tiny-1.1-h1234567_1.tar.bz2")
	if page := s.get("", "/api/package/bob/tiny").is(t, 200).json(t); page["summary"] != "The tiny package of the end-to-end tests" {
		t.Errorf("the copy's summary is %v", page["summary"])
	}
}

var noticeID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// TestAnacondaNotices writes, publishes and deletes a notice with the newer front
// end (row 56); installers see it in between.
func TestAnacondaNotices(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	c.login("alice")
	notice := func(args ...string) outcome {
		env := []string{"OTEL_SDK_DISABLED=true", "ANACONDA_TELEMETRY_ENABLED=false", "COLUMNS=200"}
		return execute(t, c.Home, plainEnv(c.Home, env...), "", venvProgram(t, "anaconda"), append([]string{"channel", "notice"}, args...)...)
	}
	seen := func() string { return string(s.get("", "/conda/alice/notices.json").is(t, 200).body) }
	id := noticeID.FindString(notice("create", "alice", "--message", "hi", "--expires-after", "3").ok(t).says(t, "created successfully (draft)").both())
	notice("list", "alice").ok(t).says(t, "1 notice(s)", id[:8])
	if got := seen(); got != "{\"notices\":[]}\n" {
		t.Errorf("a draft is shown: %s", got)
	}
	notice("publish", "alice", id, "--force").ok(t).says(t, "published")
	if got := seen(); !regexp.MustCompile(`"message":"hi","level":"info"`).MatchString(got) {
		t.Errorf("published: %s", got)
	}
	notice("update", "alice", id, "--message", "hello", "--level", "critical").ok(t)
	notice("archive", "alice", id, "--force").ok(t)
	notice("delete", "alice", id, "--force").ok(t).says(t, "deleted")
	notice("list", "alice").ok(t).says(t, "No notices found")
}
