package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestCopyInBrowser presses the button beside a command: it says so, and shows a check
// in the place of its icon for a moment, however often it is pressed.
func TestCopyInBrowser(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, startServer(t), true)
	b.open("/app/local-login-success")
	b.run(chromedp.Evaluate(watchIcon, nil))
	for presses := 1; presses <= 2; presses++ {
		b.click("button", "Copy login command")
		b.says("Copied")
		b.until("no check is shown", func() bool { return b.counts("checks") >= presses })
	}
	b.until("the icon stays a check", func() bool { return b.counts("back") >= 1 })
}

// watchIcon counts how often the icon becomes a check, and how often what it was.
const watchIcon = `(() => {
	const icon = document.querySelector("[data-copy] svg"), before = icon.innerHTML;
	window.checks = window.back = 0;
	new MutationObserver(() => { icon.innerHTML === before ? window.back++ : icon.innerHTML.includes("M20 6") && window.checks++ })
		.observe(icon, {childList: true});
})()`

// counts reads a counter of the page.
func (b *browser) counts(name string) (n int) {
	b.t.Helper()
	b.run(chromedp.Evaluate("window."+name, &n))
	return n
}
