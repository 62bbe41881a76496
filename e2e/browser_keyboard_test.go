package e2e

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestKeyboardInBrowser is the account chapter without a mouse: Tab goes to every
// control, Enter and Space press it, Escape closes what is open. What has the focus
// always shows it, and nothing lies above it.
func TestKeyboardInBrowser(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts=%t", scripts), func(t *testing.T) {
			t.Parallel()
			box := startMailbox(t, "")
			s := startServerOn(t, t.TempDir(), box.settings("none"))
			b := newBrowser(t, s, scripts)
			b.keySignUp()
			b.keyMenu()
			b.keyProfile()
			b.keySecurity()
			b.keyToken()
			b.keyOrganization()
			b.keySignOut()
			b.keyForgotten(box)
			b.keyDelete()
			b.forgive("422")
		})
	}
}

// tabTo presses Tab until the control has the focus.
func (b *browser) tabTo(role, pattern string) {
	b.t.Helper()
	b.find(role, pattern)
	for range 200 {
		b.press(kb.Tab)
		id := b.focused()
		if slices.ContainsFunc(matching(b.nodes(), role, pattern), func(n node) bool { return n.DOMNode == id }) {
			b.seesFocus(role + " " + pattern)
			return
		}
	}
	b.t.Fatalf("Tab does not lead to the %s %q\n%s", role, pattern, b.outline())
}

// focused is the element that has the focus.
func (b *browser) focused() cdp.BackendNodeID {
	b.t.Helper()
	var id cdp.BackendNodeID
	b.run(chromedp.ActionFunc(func(ctx context.Context) error {
		object, failure, err := runtime.Evaluate("document.activeElement").Do(ctx)
		if err != nil || failure != nil || object.ObjectID == "" { // between two pages nothing has it
			return err
		}
		element, err := dom.DescribeNode().WithObjectID(object.ObjectID).Do(ctx)
		if err == nil {
			id = element.BackendNodeID
		}
		return err
	}))
	return id
}

// seesFocus fails the test unless what has the focus is marked, and is on top of
// what else is there.
func (b *browser) seesFocus(what string) {
	b.t.Helper()
	var problem string
	b.run(chromedp.Evaluate(`(() => {
		const e = document.activeElement, marks = [e, e.parentElement, e.nextElementSibling].filter(Boolean).map(x => getComputedStyle(x));
		if (!marks.some(m => m.outlineStyle !== "none" && parseFloat(m.outlineWidth) > 0 || m.boxShadow !== "none")) return "shows no focus";
		const r = e.getBoundingClientRect(), x = r.left + Math.min(r.width / 2, 8), y = r.top + r.height / 2;
		if (r.width === 0 || y < 0 || y > innerHeight) return "is not on the screen";
		const top = document.elementFromPoint(x, y);
		return top && (e.contains(top) || top.contains(e)) ? "" : "lies under another element";
	})()`, &problem))
	if problem != "" {
		b.t.Errorf("%s %s", what, problem)
	}
}

// press presses a key. Enter comes as keyboards send it: what it writes is a second
// event, which only follows when nothing was done at the first.
func (b *browser) press(key string) {
	b.t.Helper()
	if key != kb.Enter {
		b.run(chromedp.KeyEvent(key))
		return
	}
	enter := func(kind input.KeyType) *input.DispatchKeyEventParams {
		return input.DispatchKeyEvent(kind).WithKey("Enter").WithCode("Enter").WithWindowsVirtualKeyCode(13).WithNativeVirtualKeyCode(13)
	}
	b.run(enter(input.KeyRawDown), enter(input.KeyChar).WithText("\r").WithUnmodifiedText("\r"), enter(input.KeyUp))
}

// keys goes to a control and presses a key on it.
func (b *browser) keys(role, pattern, key string) {
	b.t.Helper()
	b.tabTo(role, pattern)
	b.press(key)
}

// types goes to a field and writes text in place of what stands there, which Tab
// has selected.
func (b *browser) types(pattern, text string) {
	b.t.Helper()
	b.tabTo("textbox", pattern)
	b.run(input.InsertText(text))
}

func (b *browser) keySignUp() {
	b.t.Helper()
	b.open("/")
	b.keys("link", "Skip to content", kb.Enter)
	b.keys("link", "Sign Up", kb.Enter)
	b.arrives("/signup")
	b.types("Username", "alice")
	b.types("Email", "alice@example.test")
	b.types("Password", password)
	b.types("Confirm password", "another one")
	b.keys("checkbox", "I have read and accept the Terms and Conditions", " ")
	b.keys("button", "Sign up", kb.Enter)
	b.find("heading", "The account was not created")
	b.keys("link", ".*The two passwords differ.*", kb.Enter)
	field := b.find("textbox", "Confirm password").DOMNode
	b.until("the summary of mistakes does not lead to the field", func() bool { return b.focused() == field })
	b.types("Password", password)
	b.types("Confirm password", password)
	b.keys("button", "Sign up", kb.Enter)
	b.arrives("/landscape")
}

// keyMenu opens menus and closes them with Escape, which leaves the focus on their
// buttons.
func (b *browser) keyMenu() {
	b.t.Helper()
	for button, entry := range map[string]string{"Tools menu": "Labels", "Profile menu, active account: alice": "Profile"} {
		b.open("/landscape")
		b.keys("button", button, kb.Enter)
		b.tabTo("link", entry)
		b.press(kb.Escape)
		b.gone("link", entry)
		if id := b.focused(); id != b.find("button", button).DOMNode {
			b.t.Errorf("Escape leaves the focus elsewhere than on %s", button)
		}
		b.press(" ")
		b.find("link", entry)
		b.press(kb.Escape)
	}
	b.keys("button", "Profile menu, active account: alice", kb.Enter)
	b.keys("link", "Profile", kb.Enter)
	b.arrives("/account/profile")
}

func (b *browser) keyProfile() {
	b.t.Helper()
	b.types("Full name", "Alice Lind")
	b.press(kb.Enter)
	b.until("not saved", func() bool { return b.has("Saved just now") || b.has("Profile saved.") })
	b.open("/account/profile")
	b.types("New email", "alice@lind.test")
	b.types("Password", password)
	b.keys("button", "Change email", kb.Enter)
	b.says("alice@lind.test waits for confirmation")
	b.keys("button", "Cancel the change", " ")
	b.until("still waiting", func() bool { return !b.has("waits for confirmation") })
	b.open("/account/profile")
	b.types("New username", "alice-lind")
	b.keys("button", "Rename alice…", kb.Enter)
	b.find("heading", "Rename alice to alice-lind.")
	b.types("Password", password)
	b.keys("button", "Rename alice to alice-lind", kb.Enter)
	b.arrives("/account/profile")
}

func (b *browser) keySecurity() {
	b.t.Helper()
	b.s.person().form("/signin", "username", "alice-lind", "password", password).leads(b.t, "/landscape")
	b.keys("link", "Security", kb.Enter)
	b.arrives("/account/security")
	b.keys("button", "End all other sessions", kb.Enter)
	b.until("not ended", func() bool { return b.has("1 session ended.") || !b.has("End all other sessions") })
	b.open("/account/security")
	b.types("Current password", password)
	b.types("New password", fresh)
	b.types("Confirm new password", fresh)
	b.keys("button", "Change password", kb.Enter)
	b.until("not changed", func() bool {
		return b.has("Your password is changed.") || b.has("Password changed. Your other sessions have ended.")
	})
}

func (b *browser) keyToken() {
	b.t.Helper()
	b.open("/account/security")
	b.keys("link", "Access tokens", kb.Enter)
	b.arrives("/alice-lind/settings/access")
	b.types("Token name", "ci")
	b.keys("checkbox", "conda:download.*", " ")
	b.keys("button", "Create token", kb.Enter)
	b.find("region", "New token")
	b.open("/alice-lind/settings/access")
	b.keys("link", "Revoke ci", kb.Enter)
	b.find("button", "Revoke ci")
	b.keys("link", "Keep it", kb.Enter)
	b.keys("link", "Revoke ci", kb.Enter)
	b.keys("button", "Revoke ci", " ")
	b.gone("(link|button)", "Revoke ci")
}

// keyOrganization makes one and switches to it and back.
func (b *browser) keyOrganization() {
	b.t.Helper()
	b.open("/organizations/new")
	b.types("Organization name", "reef-lab")
	b.keys("button", "Create organization", kb.Enter)
	b.arrives("/reef-lab")
	const from, to = "alice-lind", "reef-lab"
	b.keys("button", "Profile menu, active account: "+from, kb.Enter)
	b.keys("button", to+".*", kb.Enter)
	b.keys("button", "Profile menu, active account: "+to, kb.Enter)
	b.keys("button", from+".*", kb.Enter)
	b.find("button", "Profile menu, active account: "+from)
	b.open("/reef-lab/settings/delete")
	b.types("Type the name to confirm", "reef-lab")
	b.keys("button", "Delete reef-lab", kb.Enter)
	b.gone("button", "Delete reef-lab")
}

func (b *browser) keySignOut() {
	b.t.Helper()
	b.open("/landscape")
	b.keys("button", "Profile menu.*", kb.Enter)
	b.keys("button", "Sign out", kb.Enter)
	b.keys("link", "Sign In", kb.Enter)
	b.types("Username or email", "alice-lind")
	b.types("Password", fresh)
	b.press(kb.Enter)
	b.arrives("/landscape")
	b.keys("button", "Profile menu.*", kb.Enter)
	b.keys("button", "Sign out", kb.Enter)
	b.find("link", "Sign In")
}

func (b *browser) keyForgotten(box *mailbox) {
	b.t.Helper()
	b.open("/signin")
	b.keys("link", "I forgot my username", kb.Enter)
	b.types("Email", "alice@example.test")
	b.press(kb.Enter)
	b.find("heading", "Check your mail")
	b.open("/signin")
	b.keys("link", "I forgot my password", kb.Enter)
	b.types("Username or email", "alice-lind")
	b.keys("button", "Send reset link", " ")
	b.find("heading", "Check your mail")
	_, link := box.next(0, "alice@example.test", "Reset").link(b.t)
	b.open(link)
	b.types("New password", password)
	b.types("Confirm new password", password)
	b.keys("button", "Change password", kb.Enter)
	b.says("Your password is changed.")
	b.types("Username or email", "alice-lind")
	b.types("Password", password)
	b.press(kb.Enter)
	b.arrives("/landscape")
}

func (b *browser) keyDelete() {
	b.t.Helper()
	b.open("/account/profile")
	b.keys("link", "Delete account…", kb.Enter)
	b.types("Type the username to confirm", "alice-lind")
	b.types("Password", password)
	b.keys("button", "Delete alice-lind", kb.Enter)
	b.says("Your account is deleted.")
	b.s.person().form("/signin", "username", "alice-lind", "password", password).is(b.t, http.StatusUnprocessableEntity)
}
