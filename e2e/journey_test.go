package e2e

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"
)

// TestJourneyInBrowser is a newcomer's first day, with scripts and without: sign
// up, make a token, upload, look at the package, make it private, revoke the
// token, sign out and in again.
func TestJourneyInBrowser(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts=%t", scripts), func(t *testing.T) {
			t.Parallel()
			journey(t, scripts)
		})
	}
}

func journey(t *testing.T, scripts bool) {
	s := startServer(t)
	b := newBrowser(t, s, scripts)

	b.open("/")
	b.look("home")
	b.signUp("alice")
	b.shows("anaconda config --set url "+s.API, "anaconda login", "anaconda upload")
	b.look("dashboard-empty")

	token := b.makeToken("alice", "ci")
	s.uploadAs(token, tinyn, tinyc).ok(t)

	b.open("/alice/tinyn")
	b.find("heading", "tinyn.*")
	if scripts {
		b.find("button", "Copy .*command")
	}
	b.shows("The tinyn package", s.URL+"/conda/alice", "tinyn")
	b.look("package")
	b.open("/alice/tinyn/files")
	b.shows("tinyn-0.1-0.conda")
	b.look("files")
	b.makePrivate("alice", "tinyn")

	b.lookAround("alice")
	b.revokeToken("alice", "ci", token)
	b.signOut()
	b.open("/alice/tinyn")
	b.look("not-found")
	b.forgive("404")
	b.signIn("alice")
	b.shows("tinyn", "tinyc")
	b.look("dashboard")
}

// signUp makes an account on the home page and lands on the dashboard.
func (b *browser) signUp(login string) {
	b.t.Helper()
	b.click("link", "Sign Up")
	b.arrives("/signup")
	b.fill("Username", login)
	b.fill("Email", login+"@example.test")
	b.fill("Password", password)
	b.fill("Confirm password", password)
	b.click("checkbox", "I have read and accept the Terms and Conditions")
	b.look("sign-up")
	b.click("button", "Sign up")
	b.find("heading", "Dashboard")
}

// makeToken makes a token on the page of the channel's tokens, reached by the
// profile menu, and returns the secret that is shown once.
func (b *browser) makeToken(channel, name string) string {
	b.t.Helper()
	b.profile("link", "Access tokens")
	b.fill("Token name", name)
	b.click("checkbox", "api:write.*")
	b.look("tokens")
	b.click("button", "Create token")
	b.find("region", "New token")
	token := regexp.MustCompile(`viv-[A-Za-z0-9]{20,}`).FindString(b.text())
	if token == "" {
		b.t.Fatalf("no token on the page:\n%s", b.text())
	}
	b.look("token-created")
	b.open("/" + channel + "/settings/access")
	b.find("link", "Revoke "+name)
	if secretPattern.MatchString(b.text()) {
		b.t.Errorf("the token is shown a second time")
	}
	return token
}

// revokeToken ends a token on the page.
func (b *browser) revokeToken(channel, name, token string) {
	b.t.Helper()
	b.open("/" + channel + "/settings/access")
	b.click("link", "Revoke "+name)
	b.find("button", "Revoke "+name)
	b.look("token-revoke")
	b.click("button", "Revoke "+name)
	b.until("the revoked token still works", func() bool { return b.s.status(token, "/api/user") == http.StatusUnauthorized })
	b.gone("(link|button)", "Revoke "+name)
}

// makePrivate changes who may see a package, on its settings page.
func (b *browser) makePrivate(channel, name string) {
	b.t.Helper()
	path := "/" + channel + "/" + name
	if got := b.s.status("", path); got != http.StatusOK {
		b.t.Errorf("%s answers anonymous with %d, want 200", path, got)
	}
	b.click("link", "Settings")
	b.click("radio", "Private.*")
	b.look("package-settings")
	b.click("button", "Save access")
	b.until(path+" is still there for anonymous", func() bool { return b.s.status("", path) == http.StatusNotFound })
	b.open(path)
	b.shows("Private")
}

// lookAround opens what the Tools menu offers, and the account's pages.
func (b *browser) lookAround(login string) {
	b.t.Helper()
	for tool, path := range map[string]string{
		"Landscape": "/landscape", "View All": "/" + login, "Packages": "/" + login + "/packages", "Notebooks": "/" + login + "/notebooks",
		"Environments": "/" + login + "/environments", "Favorites": "/favorites", "Organizations": "/organizations",
		"Group Membership": "/groups", "Labels": "/" + login + "/labels",
	} {
		b.open("/search")
		b.click("button", "Tools.*")
		b.click("link", tool)
		b.arrives(path)
		b.look("tool-" + tool)
	}
	for _, path := range []string{"/account/profile", "/account/security", "/organizations/new", "/terms", "/search", "/" + login} {
		b.open(path)
		b.look("page" + regexp.MustCompile(`\W`).ReplaceAllString(path, "-"))
	}
}

// profile opens the profile menu and presses one of its entries.
func (b *browser) profile(role, pattern string) {
	b.t.Helper()
	b.click("button", "Profile menu.*")
	b.click(role, pattern)
}

// signOut ends the session.
func (b *browser) signOut() {
	b.t.Helper()
	b.profile("button", "Sign out")
	b.find("link", "Sign In")
}

// signIn begins one.
func (b *browser) signIn(login string) {
	b.t.Helper()
	b.open("/signin")
	b.look("sign-in")
	b.fill("Username or email", login)
	b.fill("Password", password)
	b.click("button", "Sign in")
	b.find("heading", "Dashboard")
}
