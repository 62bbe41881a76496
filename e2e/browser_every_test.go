package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"vivarium/app/scaletest"
)

// TestEveryPageInBrowser opens every page that the site has for a visitor, and for a
// person who is an owner and an administrator, with something on each, and lets axe
// look at it in light and dark, wide and narrow. Without scripts each is looked at
// too.
func TestEveryPageInBrowser(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.furnish()
	for _, scripts := range []bool{true, false} {
		for part, paths := range everyPage {
			t.Run(fmt.Sprintf("scripts=%t/%s", scripts, part), func(t *testing.T) {
				b := newBrowser(t, s, scripts)
				if part != "visitor" {
					b.signInWith("alice", password)
				}
				for _, path := range strings.Fields(paths) {
					b.visit(part, path)
				}
				b.forgive("404")
				b.forgive("410")
			})
		}
	}
}

// everyPage is what a visitor may open, and what an owner who is an administrator
// may, about what furnish makes.
var everyPage = map[string]string{
	"visitor": `/ /signup /signin /forgot-username /forgot-password /terms /search /search?q=tiny /reef-lab /reef-lab?setup= /reef-lab/tinyn /reef-lab/tinyc/dependencies /docs /docs/api /app/local-login-success /nobody /reset-password/gone`,
	"account": `/landscape /search?q=tiny /favorites /groups /organizations /organizations/new /admin/audit
		/account/profile /account/security /account/audit /account/invitations /account/delete /account/rename?username=alice-lind
		/alice /alice/settings /alice/settings/access /alice/settings/access/1/revoke /alice/settings/audit /alice/settings/notices /alice/settings/why /alice/labels /alice/notebooks /alice/environments`,
	"organization": `/reef-lab /reef-lab/packages /reef-lab/notebooks /reef-lab/environments /reef-lab/labels /reef-lab/members /reef-lab/groups /reef-lab/groups/readers
		/reef-lab/groups/Owners /reef-lab/groups/readers/delete /groups/reef-lab/Owners/leave /reef-lab/settings /reef-lab/settings/access /reef-lab/settings/audit /reef-lab/settings/delete
		/reef-lab/settings/notices /reef-lab/settings/why /reef-lab/settings/profile /reef-lab/settings/rename?to=reef /reef-lab/settings/transfer?to=brook /reef-lab/collections
		/reef-lab/tinyn /reef-lab/tinyn/files /reef-lab/tinyn/versions /reef-lab/tinyn/settings /reef-lab/tinyn/access /reef-lab/tinyn/access?user=brook&wants=write /reef-lab/tinyn/transfer?to=alice /reef-lab/field /reef-lab/reefenv`,
	"package": `/reef-lab?setup= /reef-lab/tiny/dependencies /reef-lab/tinyc/dependencies /reef-lab/tinyc/labels /reef-lab/field/labels /reef-lab/tinyc/files?label=nolabel`,
}

// furnish puts something on every page: alice, who is an administrator, owns
// reef-lab, where brook reads what is private.
func (s *server) furnish() {
	s.t.Helper()
	s.admin(password, "create-user", "alice", "--email", "alice@example.test", "--admin", "--password-stdin")
	s.addUser("brook")
	s.admin("", "create-org", "reef-lab", "--owner", "alice")
	token := s.addToken("alice", "ci", "all")
	s.uploadAs(token, "--user", "reef-lab", tinyn, tinyc, tiny10).ok(s.t)
	put := func(name, text string) {
		s.send("PUT", s.URL+"/api/upload/reef-lab/"+name, strings.NewReader(text), "Authorization", "token "+token).is(s.t, 201)
	}
	put("field.ipynb", notebookOf(s.t, []string{"# Field", "import polars"}))
	put("reefenv.yml", "name: reefenv\nchannels: [reef-lab]\ndependencies: [python=3.12, tinyn]\n")
	alice := s.person().signIn("alice")
	alice.form("/reef-lab/groups", "name", "readers", "permission", "read")
	alice.form("/reef-lab/groups/readers", "do", "add-member", "username", "brook")
}

// visit opens a page, which must be there, and inspects it.
func (b *browser) visit(who, path string) {
	b.t.Helper()
	b.open(path)
	b.find("heading", ".+")
	for _, refused := range []string{"There is nothing to see here", "You may not do this", "Something went wrong here", "This link does not work any more"} {
		if b.has(refused) && !strings.HasSuffix(path, "/nobody") && !strings.HasSuffix(path, "/gone") {
			b.t.Errorf("%s: %s", path, refused)
		}
	}
	seen := few
	if scaletest.Share(b.t) == 1 {
		seen = views
	}
	b.inspectAs(who+regexp.MustCompile(`\W+`).ReplaceAllString(path, "-"), seen)
}
