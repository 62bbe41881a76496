package e2e

import (
	"context"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// has reports whether the page shows the words.
func (b *browser) has(words string) bool {
	text, ok := b.visible()
	return ok && strings.Contains(text, words)
}

// says waits until the page shows each of words.
func (b *browser) says(words ...string) {
	b.t.Helper()
	for _, w := range words {
		b.until(fmt.Sprintf("the page does not say %q", w), func() bool { return b.has(w) })
	}
}

// replace types text into a field in place of what stands there.
func (b *browser) replace(pattern, text string) {
	b.t.Helper()
	n := b.find("textbox", pattern)
	b.run(dom.Focus().WithBackendNodeID(n.DOMNode), chromedp.ActionFunc(func(ctx context.Context) error {
		object, err := dom.ResolveNode().WithBackendNodeID(n.DOMNode).Do(ctx)
		if err != nil {
			return err
		}
		_, failure, err := runtime.CallFunctionOn("function() { this.select() }").WithObjectID(object.ObjectID).Do(ctx)
		if failure != nil {
			return fmt.Errorf("select %s: %w", pattern, failure)
		}
		return err
	}), input.InsertText(text))
}

// choose selects the option of a list box by what it says.
func (b *browser) choose(pattern, option string) {
	b.t.Helper()
	n := b.find("combobox", pattern)
	b.run(chromedp.ActionFunc(func(ctx context.Context) error {
		object, err := dom.ResolveNode().WithBackendNodeID(n.DOMNode).Do(ctx)
		if err != nil {
			return err
		}
		found, failure, err := runtime.CallFunctionOn(fmt.Sprintf(
			`function() { for (const o of this.options) if (o.text === %q) { o.selected = true; return true } return false }`, option)).
			WithObjectID(object.ObjectID).WithReturnByValue(true).Do(ctx)
		if failure != nil {
			return fmt.Errorf("choose %s: %w", option, failure)
		}
		if err == nil && string(found.Value) != "true" {
			return fmt.Errorf("%s has no option %q", pattern, option)
		}
		return err
	}))
}

// signInWith signs in on the sign-in page and lands on the dashboard.
func (b *browser) signInWith(name, secret string) {
	b.t.Helper()
	b.open("/signin")
	b.fill("Username or email", name)
	b.fill("Password", secret)
	b.click("button", "Sign in")
	b.arrives("/landscape")
}

// to lists the mails to an address with a subject, in order.
func (m *mailbox) to(address, subject string) []letter {
	m.t.Helper()
	var all []letter
	for _, l := range m.letters() {
		if l.to == address && strings.Contains(l.subject, subject) {
			all = append(all, l)
		}
	}
	return all
}
