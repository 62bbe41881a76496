package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestLabelsInBrowser is how a release is promoted and taken back, with scripts and
// without: labels are made, copied and locked, files are moved, yanked, patched
// and removed, and a notice tells of it. What installers get follows each step.
func TestLabelsInBrowser(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts=%t", scripts), func(t *testing.T) {
			t.Parallel()
			s := startServer(t)
			s.addUser("alice")
			s.uploadAs(s.addToken("alice", "ci", "all"), "-l", "dev", tiny10, tiny11, tinyc).ok(t)
			b := newBrowser(t, s, scripts)
			b.signIn("alice")
			b.labels()
			b.moves(scripts)
			b.yanks()
			b.patches()
			b.notices()
		})
	}
}

// labels makes, copies, locks and removes labels.
func (b *browser) labels() {
	b.t.Helper()
	b.open("/alice/labels")
	b.fill("New label", "Staging")
	b.click("button", "Create label")
	b.find("link", "staging")
	b.menu("dev", "link", "Copy to another label…")
	b.find("textbox|combobox", "Copy dev to label")
	b.enter("textbox|combobox", "Copy dev to label", "release/1")
	b.look("labels-copy")
	b.click("button", "Copy label")
	b.find("link", "release/1")
	wantFiles(b.t, b.s, "/conda/alice/label/release/1/noarch", "tiny-1.0-0.tar.bz2")
	b.menu("release/1", "button", "Lock")
	b.says("Locked")
	b.look("labels")
	b.menu("release/1", "button", "Unlock")
	b.until("still locked", func() bool { return !strings.Contains(strings.ReplaceAll(b.text(), "Unlocked", ""), "Locked") })
	b.menu("release/1", "link", "Remove…")
	b.find("button", "Remove release/1")
	b.look("labels-remove")
	b.click("button", "Remove release/1")
	b.gone("button", "Remove release/1")
	wantFiles(b.t, b.s, "/conda/alice/label/release/1/noarch")
	b.click("link", "dev")
	b.find("heading", "Label dev")
	b.look("label")
}

// menu opens the menu of a label and presses something in it.
func (b *browser) menu(label, role, name string) {
	b.t.Helper()
	b.click("DisclosureTriangle|button", "Actions for label "+label)
	b.click(role, name)
}

// moves ticks files and moves them to main.
func (b *browser) moves(scripts bool) {
	b.t.Helper()
	b.open("/alice/tiny/files")
	if scripts {
		b.click("checkbox", "Select all 2 files on this page")
		b.says("2 files selected")
	} else {
		b.click("checkbox", "Select tiny-1.0-0.tar.bz2")
		b.click("checkbox", "Select tiny-1.1-h1234567_1.tar.bz2")
	}
	b.find("group", "Actions for selected files")
	b.look("files-ticked")
	b.click("button", "Move or copy…")
	b.find("heading", "Move or copy 2 files")
	b.enter("textbox|combobox", "To label", "main")
	b.look("files-move")
	b.click("button", "Move 2 files")
	b.says("Moved 2 files to main.")
	wantFiles(b.t, b.s, "/conda/alice/noarch", "tiny-1.0-0.tar.bz2")
	wantFiles(b.t, b.s, "/conda/alice/label/dev/noarch")
}

// yanks takes a version from installers and gives it back.
func (b *browser) yanks() {
	b.t.Helper()
	b.open("/alice/tiny/versions")
	b.click("button", "Yank… 1.1")
	b.find("heading", "Yank tiny-1.1-h1234567_1.tar.bz2\\?")
	b.enter("textbox", "Reason", "Does not start.")
	b.look("files-yank")
	b.click("button", "Yank tiny-1.1-h1234567_1.tar.bz2")
	b.says("Yanked 1 file.")
	wantFiles(b.t, b.s, "/conda/alice/linux-64")
	b.open("/alice/tiny/versions")
	b.says("Does not start.")
	b.look("versions-yanked")
	b.click("button", "Undo yank of 1.1")
	b.says("Took the yank of 1 file back.")
	wantFiles(b.t, b.s, "/conda/alice/linux-64", "tiny-1.1-h1234567_1.tar.bz2")
}

// patches changes what the index says of a file, and removes it in the end.
func (b *browser) patches() {
	b.t.Helper()
	page := "/alice/tinyc/files?file=linux-64%2Ftinyc-2.0-h0_0.conda&version=2.0"
	b.open(page)
	b.click("checkbox", "main")
	b.click("button", "Save labels")
	b.says("Labels now: main, dev.")
	if depends := readRepodata(b.t, b.s, "/conda/alice/linux-64").PackagesConda["tinyc-2.0-h0_0.conda"].Depends; len(depends) == 0 {
		b.t.Error("tinyc is not on main, or depends on nothing")
	}
	b.fill("Patch", `{"depends": []}`)
	b.click("button", "Save patch")
	b.says("Clear patch")
	if depends := readRepodata(b.t, b.s, "/conda/alice/linux-64").PackagesConda["tinyc-2.0-h0_0.conda"].Depends; len(depends) > 0 {
		b.t.Errorf("patched, tinyc depends on %v", depends)
	}
	b.look("file")
	b.click("button", "Remove this file…")
	b.find("heading", "Remove tinyc-2.0-h0_0.conda\\?")
	b.look("files-remove")
	b.click("button", "Remove tinyc-2.0-h0_0.conda")
	b.says("Removed 1 file.")
	b.s.get("", "/conda/alice/"+tinyc).is(b.t, http.StatusNotFound)
}

// notices tells those who install.
func (b *browser) notices() {
	b.t.Helper()
	b.open("/alice/settings/notices")
	b.fill("Message", "tinyc is gone, use tiny.")
	b.click("button", "Publish notice")
	b.says("has the following notices")
	b.look("notices")
	if got := string(b.s.get("", "/conda/alice/notices.json").is(b.t, 200).body); !strings.Contains(got, "tinyc is gone, use tiny.") {
		b.t.Errorf("notices.json: %s", got)
	}
	b.open("/alice")
	b.says("tinyc is gone, use tiny.")
	b.look("channel-notice")
	b.open("/alice/settings/notices")
	b.click("link", "Delete…: tinyc is gone, use tiny.")
	b.find("group", "Delete this notice\\?.*")
	b.inspectAs("notice-delete", few)
	b.click("link", "Keep it")
	b.find("button", "Take back: tinyc is gone, use tiny.")
}
