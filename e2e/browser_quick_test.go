package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// searchBox and quickBox are the two boxes to search in.
const (
	searchBox = "Search packages, notebooks and environments"
	quickBox  = "Go to a package, page or action"
)

// TestQuickSearchInBrowser goes to a package and to a page with the keyboard alone.
func TestQuickSearchInBrowser(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.furnish()
	b := newBrowser(t, s, true)
	b.signInWith("alice", password)
	b.slashSearches()
	b.quickOpensAndCloses()
	b.quickLeads()
	b.quickCopies()
	b.quickSwitches()
	b.quickIsSeen()
	b.keysAreListed()
	b.forgive("404")
}

// slashSearches presses / anywhere but in a field, where it is a letter.
func (b *browser) slashSearches() {
	b.t.Helper()
	b.open("/landscape")
	b.slash()
	b.focusIsOn("searchbox", searchBox)
	b.run(input.InsertText("tiny"))
	b.slash()
	if got := b.valueOf("#q"); got != "tiny/" {
		b.t.Errorf("the box holds %q", got)
	}
	b.press(kb.Backspace)
	b.press(kb.Enter)
	b.arrives("/search?q=tiny")
	b.find("link", "tinyn")
}

// quickOpensAndCloses leaves the focus where it was.
func (b *browser) quickOpensAndCloses() {
	b.t.Helper()
	b.open("/landscape")
	b.tabTo("button", "Tools menu")
	before := b.focused()
	for _, close := range []string{kb.Escape, "ctrl"} {
		b.ctrlK()
		b.focusIsOn("searchbox", quickBox)
		b.find("link", "Favorites")
		if close == "ctrl" {
			b.ctrlK()
		} else {
			b.press(close)
		}
		b.gone("dialog", "Quick search")
		b.until("the focus is not where it was", func() bool { return b.focused() == before })
	}
}

// quickLeads goes to the first thing found with Enter, and to another with the
// arrows.
func (b *browser) quickLeads() {
	b.t.Helper()
	b.ctrlK()
	b.find("dialog", "Quick search")
	b.run(input.InsertText("reefe"))
	b.find("link", "reefenv reef-lab.*")
	b.says("result")
	b.press(kb.Enter)
	b.arrives("/reef-lab/reefenv")

	b.ctrlK()
	b.find("dialog", "Quick search")
	b.run(input.InsertText("lab"))
	b.find("link", "Search everything for “lab” .*") // the list is that of these words
	b.focusIsOn("searchbox", quickBox)
	b.press(kb.ArrowUp)
	b.focusIsOn("searchbox", quickBox)
	b.press(kb.ArrowDown)
	b.focusIsOn("link", "Labels")
	b.seesFocus("a result")
	b.press(kb.ArrowDown)
	b.focusIsOn("link", "reef-lab organization")
	b.press(kb.ArrowUp)
	b.press(kb.ArrowDown)
	b.press(kb.Enter)
	b.arrives("/reef-lab")
}

// quickCopies takes the install command of a package along, and says when there is
// none.
func (b *browser) quickCopies() {
	b.t.Helper()
	ctrl := func(key, command string) {
		b.run(input.DispatchKeyEvent(input.KeyDown).WithKey(key).WithModifiers(input.ModifierCtrl).WithCommands([]string{command}),
			input.DispatchKeyEvent(input.KeyUp).WithKey(key))
	}
	b.ctrlK()
	b.find("dialog", "Quick search")
	b.run(input.InsertText("tinyn"))
	b.find("link", "tinyn reef-lab.*")
	ctrl("Enter", "")
	b.says("Install command copied")
	b.focusIsOn("searchbox", quickBox)
	ctrl("a", "selectAll")
	ctrl("v", "paste")
	if got := b.valueOf("#qs"); !strings.HasPrefix(got, "conda install -c "+b.s.URL+"/conda/reef-lab tinyn") {
		b.t.Errorf("copied %q", got)
	}
	ctrl("a", "selectAll")
	b.run(input.InsertText("favor"))
	b.find("link", "Favorites")
	b.gone("link", "tinyn reef-lab.*")
	ctrl("Enter", "")
	b.says("This has no install command.")
	b.ctrlK()
	b.gone("dialog", "Quick search")
}

// quickSwitches makes another account the active one, and the first back.
func (b *browser) quickSwitches() {
	b.t.Helper()
	for _, to := range []string{"reef-lab", "alice"} {
		b.ctrlK()
		b.find("dialog", "Quick search")
		b.run(input.InsertText("switch to"))
		b.find("button", "Switch to "+to)
		b.find("link", "Search everything for “switch to” .*")
		b.press(kb.Enter)
		b.find("button", "Profile menu, active account: "+to)
		b.gone("dialog", "Quick search")
	}
}

// keysAreListed presses ? anywhere but in a field, where it is a letter.
func (b *browser) keysAreListed() {
	b.t.Helper()
	b.open("/landscape")
	question := func() {
		b.run(input.DispatchKeyEvent(input.KeyDown).WithKey("?").WithText("?"), input.DispatchKeyEvent(input.KeyUp).WithKey("?"))
	}
	question()
	b.find("dialog", "Keys")
	b.says("Copy the install command")
	b.inspect("keys")
	question()
	b.gone("dialog", "Keys")
	b.slash()
	b.focusIsOn("searchbox", searchBox)
	question()
	if got := b.valueOf("#q"); got != "?" {
		b.t.Errorf("the box holds %q", got)
	}
	b.gone("dialog", "Keys")
}

// quickIsSeen looks at the open dialog.
func (b *browser) quickIsSeen() {
	b.t.Helper()
	b.ctrlK()
	b.find("dialog", "Quick search")
	b.run(input.InsertText("reef"))
	b.find("link", "reefenv reef-lab.*")
	b.inspect("quick-search")
}

// TestSearchWithoutScripts finds the same by the form.
func TestSearchWithoutScripts(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.furnish()
	b := newBrowser(t, s, false)
	b.signInWith("alice", password)
	b.tabTo("searchbox", searchBox)
	b.run(input.InsertText("reefe"))
	b.press(kb.Enter)
	b.arrives("/search?q=reefe")
	b.find("link", "reefenv")
	b.gone("dialog", "Quick search")
}

// slash presses the key as keyboards do: what it writes only follows when the page
// has done nothing else.
func (b *browser) slash() {
	b.t.Helper()
	b.run(input.DispatchKeyEvent(input.KeyDown).WithKey("/").WithCode("Slash").WithText("/"), input.DispatchKeyEvent(input.KeyUp).WithKey("/").WithCode("Slash"))
}

// ctrlK presses Ctrl K once the page can know it.
func (b *browser) ctrlK() {
	b.t.Helper()
	b.until("the page does not load", func() (loaded bool) {
		_ = b.try(chromedp.Evaluate(`document.readyState === "complete"`, &loaded)) // or between two pages
		return loaded
	})
	b.run(chromedp.KeyEvent("k", chromedp.KeyModifiers(input.ModifierCtrl)))
}

// focusIsOn waits until the control has the focus.
func (b *browser) focusIsOn(role, pattern string) {
	b.t.Helper()
	b.until("the focus is not on the "+role+" "+pattern, func() bool { return b.focused() == b.find(role, pattern).DOMNode })
}

// valueOf is what a field holds.
func (b *browser) valueOf(selector string) (text string) {
	b.t.Helper()
	b.run(chromedp.Value(selector, &text, chromedp.ByQuery))
	return text
}
