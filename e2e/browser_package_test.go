package e2e

import (
	"fmt"
	"testing"
)

// TestPackageInBrowser walks the pages of a package by the names of their tabs, from
// what it needs to what needs that, and finds out how to set up a client.
func TestPackageInBrowser(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts=%t", scripts), func(t *testing.T) {
			t.Parallel()
			s := startServer(t)
			s.addUser("alice")
			s.uploadAs(s.addToken("alice", "ci", "all"), tiny10, tinyc).ok(t)
			b := newBrowser(t, s, scripts)
			b.signIn("alice")

			b.open("/alice/tinyc")
			for _, tab := range []string{"Overview", "Versions", "Files", "Dependencies", "Dependents", "Labels", "Settings"} {
				b.find("link", tab+".*")
			}
			b.click("link", "Dependencies")
			b.find("heading", "tinyc 2.0 needs")
			b.click("link", "tiny")
			b.find("heading", "tiny 1.0")
			b.click("link", "Dependents")
			b.find("heading", "Needed by")
			b.shows("1 package of alice that you can see")
			b.click("link", "tinyc")
			b.find("heading", "tinyc 2.0")
			b.click("link", "Labels 1")
			b.shows("To put files on another label")
			b.click("link", "All labels of alice")
			b.arrives("/alice/labels")
			b.shows("tiny", s.URL+"/conda/alice")

			b.open("/alice")
			b.click("link", "Set up a client")
			b.find("heading", "Set up a client for alice")
			b.click("radio", "pixi")
			b.shows("pixi workspace channel add "+s.URL+"/conda/alice", "--token <TOKEN>")
		})
	}
}
