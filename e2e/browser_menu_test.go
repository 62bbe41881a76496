package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestOpenMenusFitInBrowser opens the menus of tables on a phone, where they may not
// leave the screen to either side.
func TestOpenMenusFitInBrowser(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.uploadAs(s.addToken("alice", "ci", "all"), "-l", "dev", tiny10, tiny11).ok(t)
	b := newBrowser(t, s, true)
	b.signIn("alice")
	b.open("/alice/labels")
	b.click("DisclosureTriangle|button", "Actions for label dev")
	b.fits("labels-menu")
	b.inspectAs("labels-menu", few)
	b.open("/alice/labels")
	b.fill("New label", longLabel)
	b.click("button", "Create label")
	b.find("link", longLabel)
	b.fits("labels-long")
	b.open("/alice/labels?remove=" + longLabel)
	b.fits("labels-long-remove")
	b.open("/alice/labels?copy=" + longLabel)
	b.fits("labels-long-copy")
	b.open("/alice/labels?label=" + longLabel)
	b.fits("label-long")
	s.uploadAs(s.addToken("alice", "long", "all"), "-t", "file", "-p", "survey", "-v", "2026.11.23.1234567890.post1", "--summary", "Survey", tinyc).ok(t)
	b.open("/alice/survey")
	b.shows("2026.11.23.1234567890.post1")
	b.fits("version-long")
	b.open("/landscape")
	b.look("landscape-documents")
	b.click("link", "Upload a notebook")
	b.find("button", "Upload notebook")
	b.open("/alice/tiny/files")
	b.click("checkbox", "Select all 2 files on this page")
	b.says("2 files selected")
	b.click("DisclosureTriangle|button", "Labels")
	b.fits("files-menu")
	b.inspectAs("files-menu", few)
}

const longLabel = "integration-tests-of-the-autumn-release-with-python313"

// outside lists what of an open menu, a table or a heading lies beyond the left or the right edge of the
// screen, with its place.
const outside = `[...document.querySelectorAll("details[open] > .menu, details[open] > .menu *, .table, .table *:not(.cmd *), h1, h1 *")]
	.map(e => [e, e.getBoundingClientRect()])
	.filter(([e, r]) => r.width > 0 && (r.left < 0 || r.right > document.documentElement.clientWidth))
	.map(([e, r]) => e.tagName + " from " + r.left + " to " + r.right)`

// fits looks at the page with its menus as they are, at the widths of phones and of a
// desk.
func (b *browser) fits(page string) {
	b.t.Helper()
	for _, width := range []int64{320, 360, 390, 1280} {
		var over []string
		b.run(b.size(width), chromedp.Evaluate(outside, &over))
		if len(over) > 0 {
			b.t.Errorf("%s at %d pixels: %s", page, width, strings.Join(over, ", "))
		}
	}
	b.look(page)
}
