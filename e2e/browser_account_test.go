package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestAccountInBrowser is everything a person does with an account, with scripts
// and without, with a real mail server: sign up, confirm the address, change what
// others see, change the address, the password and the name, look at the sessions,
// forget both, invite, and go.
func TestAccountInBrowser(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts=%t", scripts), func(t *testing.T) {
			t.Parallel()
			account(t, scripts)
		})
	}
}

func account(t *testing.T, scripts bool) {
	box := startMailbox(t, "")
	s := startServerOn(t, t.TempDir(), box.settings("none"))
	s.addUser("brook")
	b := newBrowser(t, s, scripts)
	b.signUpWithMistakes(scripts)
	b.confirmAddress(box, "alice@example.test", "Welcome")
	b.editProfile()
	b.changePhoto()
	b.changeAddress(box)
	b.changePassword()
	b.renameTo("alice-lind", scripts)
	b.lookAtSessions()
	b.signOut()
	b.forgetUsername(box)
	b.forgetPassword(box)
	b.invite(box)
	b.deleteAccount("alice-lind")
	b.forgive("422")
}

// signUpWithMistakes fills the form in wrongly first: what was typed stays, and
// with scripts the mistakes are told before it is sent.
func (b *browser) signUpWithMistakes(scripts bool) {
	b.t.Helper()
	b.open("/signup")
	b.fill("Username", "brook")
	if scripts {
		b.says("brook is taken")
		b.marked("username", true)
	}
	b.fill("Password", "short")
	if scripts {
		b.says("Use at least 7 characters.")
		b.marked("password", true)
		b.marked("email", false)
	}
	b.fill("Email", "alice@example.test")
	b.fill("Confirm password", "shorter")
	if scripts {
		b.says("The two passwords differ")
		b.inspect("sign-up-checked")
	}
	b.click("button", "Sign up")
	b.find("heading", "The account was not created")
	b.inspect("sign-up-errors")
	b.says("Accept the Terms")
	b.replace("Username", "alice")
	if scripts {
		b.says("alice is free")
		b.marked("username", false)
	}
	b.fill("Password", password)
	b.fill("Confirm password", password)
	b.click("checkbox", "I have read and accept the Terms and Conditions")
	b.click("button", "Sign up")
	b.arrives("/landscape")
}

// confirmAddress follows the link that was mailed.
func (b *browser) confirmAddress(box *mailbox, to, subject string) {
	b.t.Helper()
	_, link := box.next(0, to, subject).link(b.t)
	b.open(link)
	b.inspect("confirm-email")
	b.click("button", "Confirm this address")
	b.arrives("/account/profile")
	b.says("Confirmed")
}

func (b *browser) editProfile() {
	b.t.Helper()
	b.click("button", "Profile menu, active account: alice")
	b.click("link", "Profile")
	b.arrives("/account/profile")
	b.replace("Full name", "Alice Lind")
	b.replace("URL", "https://alice.example.test")
	b.click("button", "Save profile")
	b.until("not saved", func() bool { return b.has("Saved just now") || b.has("Profile saved.") })
	b.inspect("profile")
}

// marked waits until the field called id says that what stands in it is wrong, or
// that it is not.
func (b *browser) marked(id string, wrong bool) {
	b.t.Helper()
	b.until(fmt.Sprintf("aria-invalid of %s is not %t", id, wrong), func() bool {
		var now bool
		err := b.try(chromedp.Evaluate(fmt.Sprintf(`document.getElementById(%q).getAttribute("aria-invalid") === "true"`, id), &now))
		return err == nil && now == wrong
	})
}

// changePhoto sends a photo, which then stands in the top bar, and takes it away.
func (b *browser) changePhoto() {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), "me.png")
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 30, 20))); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(file, picture.Bytes(), 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.run(chromedp.SetUploadFiles("#photo", []string{file}, chromedp.ByQuery))
	b.click("button", "Upload photo")
	b.find("button", "Remove photo")
	width := func() (width int) {
		_ = b.try(chromedp.Evaluate(`document.querySelector(".topbar .avatar").naturalWidth`, &width)) // 0: not loaded yet
		return width
	}
	b.until("the photo is not in the top bar", func() bool { return width() == 512 })
	b.inspect("profile-photo")
	b.click("button", "Remove photo")
	b.gone("button", "Remove photo")
	b.until("the photo is still in the top bar", func() (drawn bool) {
		_ = b.try(chromedp.Evaluate(`document.querySelector(".topbar svg.avatar") !== null`, &drawn)) // or between two pages
		return drawn
	})
	b.open("/account/profile")
}

// changeAddress asks for another address, calls it off, and changes it after all.
func (b *browser) changeAddress(box *mailbox) {
	b.t.Helper()
	for _, last := range []bool{false, true} {
		b.fill("New email", "alice@lind.test")
		b.fill("Password", password)
		b.click("button", "Change email")
		b.says("alice@lind.test waits for confirmation")
		if !last {
			b.inspect("profile-email-waits")
			b.until("no mail", func() bool { return len(box.to("alice@lind.test", "Confirm")) == 1 })
			b.click("button", "Cancel the change")
			b.until("still waiting", func() bool { return !b.has("waits for confirmation") })
		}
	}
	box.next(0, "alice@example.test", "about to change")
	// The newest of two links works.
	b.until("only one mail", func() bool { return len(box.to("alice@lind.test", "Confirm")) == 2 })
	_, link := box.to("alice@lind.test", "Confirm")[1].link(b.t)
	b.open(link)
	b.click("button", "Confirm this address")
	b.arrives("/account/profile")
	b.says("alice@lind.test")
}

func (b *browser) changePassword() {
	b.t.Helper()
	b.open("/account/security")
	b.inspect("security")
	b.fill("Current password", password)
	b.fill("New password", fresh)
	b.fill("Confirm new password", fresh)
	b.click("button", "Change password")
	b.until("not changed", func() bool {
		return b.has("Your password is changed.") || b.has("Password changed. Your other sessions have ended.")
	})
}

func (b *browser) renameTo(name string, scripts bool) {
	b.t.Helper()
	b.open("/account/profile")
	b.fill("New username", "brook")
	if scripts {
		b.says("brook is taken")
	}
	b.click("button", "Rename alice…")
	b.find("heading", "The account was not renamed")
	b.inspect("profile-rename-refused")
	b.replace("New username", name)
	b.click("button", "Rename alice…")
	b.find("heading", "Rename alice to "+name+".")
	b.inspect("rename")
	b.fill("Password", fresh)
	b.click("button", "Rename alice to "+name)
	b.arrives("/account/profile")
	b.find("button", "Profile menu, active account: "+name)
}

// lookAtSessions signs in elsewhere and ends that session from here.
func (b *browser) lookAtSessions() {
	b.t.Helper()
	elsewhere := b.s.person()
	elsewhere.headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1"
	elsewhere.form("/signin", "username", "alice-lind", "password", fresh).leads(b.t, "/landscape")
	b.open("/account/security")
	b.says("Safari 26 on iPhone", "This session", "Password changed")
	b.inspect("security-sessions")
	b.click("button", "End Safari 26 on iPhone")
	b.until("not ended", func() bool {
		return !b.has("Safari 26 on iPhone\n") && b.has("1 session ended.") || !b.has("End all other sessions")
	})
	elsewhere.page("/landscape").leads(b.t, "/signin?next=%2Flandscape")
}

func (b *browser) forgetUsername(box *mailbox) {
	b.t.Helper()
	b.open("/signin")
	b.click("link", "I forgot my username")
	b.inspect("forgot-username")
	b.fill("Email", "alice@lind.test")
	b.click("button", "Email my username")
	b.find("heading", "Check your mail")
	b.inspect("forgot-sent")
	box.next(0, "alice@lind.test", "username")
}

func (b *browser) forgetPassword(box *mailbox) {
	b.t.Helper()
	b.open("/signin")
	b.click("link", "I forgot my password")
	b.inspect("forgot-password")
	b.fill("Username or email", "alice-lind")
	b.click("button", "Send reset link")
	b.find("heading", "Check your mail")
	_, link := box.next(0, "alice@lind.test", "Reset").link(b.t)
	b.open(link)
	b.inspect("reset")
	b.fill("New password", "short")
	b.fill("Confirm new password", "short")
	b.click("button", "Change password")
	b.find("heading", "The password was not changed")
	b.inspect("reset-errors")
	b.fill("New password", password)
	b.fill("Confirm new password", password)
	b.click("button", "Change password")
	b.says("Your password is changed.")
	b.inspect("sign-in-after-reset")
	b.open(link)
	b.find("heading", "This link does not work any more")
	b.inspect("link-dead")
	b.forgive("410")
	b.signInWith("alice-lind", password)
}

// invite brings somebody in by mail, into a group.
func (b *browser) invite(box *mailbox) {
	b.t.Helper()
	b.s.admin("", "create-org", "reef-lab", "--owner", "alice-lind")
	b.s.admin("", "create-org", "shared", "--owner", "brook")
	b.open("/account/invitations")
	b.fill("Email", "dana@example.test")
	b.choose("Joins", "reef-lab: Owners")
	b.inspect("invitations")
	b.click("button", "Make invitation")
	b.find("heading", "Invitation for dana@example.test made")
	b.inspect("invitation-made")
	_, link := box.next(0, "dana@example.test", "invites you").link(b.t)
	b.open(link)
	b.find("heading", "Join reef-lab")
	b.inspect("invited-with-account")
	b.s.person().page(link).is(b.t, http.StatusOK).has(b.t, "dana@example.test")
	b.signOut()
	b.open(link)
	b.inspect("sign-up-invited")
	b.fill("Username", "dana")
	b.fill("Password", password)
	b.fill("Confirm password", password)
	b.click("checkbox", "I have read and accept the Terms and Conditions")
	b.click("button", "Sign up")
	b.arrives("/landscape")
	b.open("/groups")
	b.says("reef-lab")
	b.signOut()
	b.signInWith("alice-lind", password)
}

func (b *browser) deleteAccount(name string) {
	b.t.Helper()
	b.open("/account/profile")
	b.click("link", "Delete account…")
	b.find("heading", "Delete "+name+".")
	b.inspect("delete-account")
	b.fill("Type the username to confirm", name)
	b.fill("Password", password)
	b.click("button", "Delete "+name)
	b.says("Your account is deleted.")
	b.s.person().form("/signin", "username", name, "password", password).is(b.t, http.StatusUnprocessableEntity)
}
