package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestCopyInBrowser presses the button beside a command: it says so, and shows a check
// in the place of its icon for a moment, however often it is pressed.
func TestCopyInBrowser(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	b := newBrowser(t, s, true)
	b.open("/app/local-login-success")
	shapes := func() (drawn string) {
		b.run(chromedp.OuterHTML("[data-copy] svg", &drawn, chromedp.ByQuery))
		return drawn
	}
	before := shapes()
	for range 2 {
		b.click("button", "Copy login command")
		b.says("Copied")
		if now := shapes(); !strings.Contains(now, "M20 6") {
			t.Errorf("the icon is %s", now)
		}
	}
	b.until("the icon stays a check", func() bool { return shapes() == before })
}
