package e2e

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// TestRightsInBrowser is how a team shares a private package, with scripts and
// without: an organization, a second owner, a group that reads one package. Who is
// in the group sees exactly that one, and the last owner stays.
func TestRightsInBrowser(t *testing.T) {
	t.Parallel()
	for _, scripts := range []bool{true, false} {
		t.Run(fmt.Sprintf("scripts=%t", scripts), func(t *testing.T) {
			t.Parallel()
			rights(t, scripts)
		})
	}
}

func rights(t *testing.T, scripts bool) {
	s := startServer(t)
	for _, login := range []string{"alice", "bob", "carol"} {
		s.addUser(login)
	}
	token, reader := s.addToken("alice", "ci", "all"), s.addToken("bob", "laptop", "all")
	b := newBrowser(t, s, scripts)
	b.signIn("alice")
	b.makeOrganization("reef-lab")
	s.uploadAs(token, "--user", "reef-lab", tinyn, tinyc).ok(t)
	b.hidePackages("reef-lab", "tinyn", "tinyc")

	b.addOwner("reef-lab", "carol")
	b.makeGroup("reef-lab", "readers", "bob")
	b.wants(reader, "/reef-lab/tinyn", http.StatusNotFound)
	b.addItem("readers", "tinyn")
	b.setLevels(reader, "readers", "tinyn", scripts)
	b.lookAtRights("reef-lab", "tinyn")
	b.explains("bob", "tinyn", "tinyc")

	b.signOut()
	b.signIn("bob")
	b.seesOnly("tinyn", "tinyc")
	b.signOut()
	b.signIn("alice")
	b.takeBack(reader)
	b.leaves("reef-lab")
	b.signOut()
	b.signIn("carol")
	b.cannotLeave("reef-lab")
	b.rename("reef-lab", "reef", "tinyn")
	b.transfer("reef", "alice")
	b.signOut()
	b.signIn("alice")
	b.deleteOrganization("reef", token)
}

// enter types into the control, whatever its role.
func (b *browser) enter(role, pattern, text string) {
	b.t.Helper()
	n := b.find(role, pattern)
	b.run(dom.Focus().WithBackendNodeID(n.DOMNode), input.InsertText(text))
}

// wants waits until a program that asks with a token gets a status from the API
// for the package at path.
func (b *browser) wants(token, path string, status int) {
	b.t.Helper()
	b.until(fmt.Sprintf("%s does not answer %d", path, status), func() bool { return b.s.status(token, "/api/package"+path) == status })
}

func (b *browser) makeOrganization(name string) {
	b.t.Helper()
	b.open("/organizations")
	b.fill("Organization name", name)
	b.click("button", "Create organization")
	b.find("heading", name)
	b.arrives("/" + name)
}

// hidePackages makes packages private on the page that lists them.
func (b *browser) hidePackages(org string, names ...string) {
	b.t.Helper()
	b.open("/" + org + "/packages")
	for _, name := range names {
		b.click("checkbox", "Select "+name)
	}
	b.look("packages-ticked")
	b.run(chromedp.SetValue("#bulk-access", "private", chromedp.ByQuery))
	b.click("button", "Set access")
	b.until("the packages are still public", func() bool { return b.s.status("", "/"+org+"/"+names[0]) == http.StatusNotFound })
	b.open("/" + org + "/packages")
	b.shows("Private")
}

func (b *browser) addOwner(org, login string) {
	b.t.Helper()
	b.open("/" + org + "/groups/Owners")
	b.fill("Username", login)
	b.click("button", "Add member")
	b.find("button", "Remove "+login)
}

func (b *browser) makeGroup(org, group, member string) {
	b.t.Helper()
	b.open("/" + org + "/groups")
	b.look("groups-of-organization")
	b.fill("Group name", group)
	b.click("button", "Create group")
	b.find("heading", group)
	b.fill("Username", "nobody-here")
	b.click("button", "Add member")
	b.find("StaticText", ".*is not a user here.*")
	b.look("group-problem")
	b.forgive("422")
	b.open("/" + org + "/groups/" + group)
	b.fill("Username", member)
	b.click("button", "Add member")
	b.find("button", "Remove "+member)
}

// addItem adds a package to the group on the page.
func (b *browser) addItem(group, item string) {
	b.t.Helper()
	b.enter("searchbox", "Find a package", item)
	b.click("button", "Add package")
	b.find("group", "Level of "+group+" on "+item)
	b.find("radio", "Read")
	b.look("group")
}

// setLevels goes through the levels of a group on a package, Read at last. With
// scripts the choice is enough, and the page stays as it is.
func (b *browser) setLevels(token, group, item string, scripts bool) {
	b.t.Helper()
	path := "/reef-lab/" + item
	for _, step := range []struct {
		level, says string
		read, write int
	}{
		{"Admin", "Saved. 1 member can now do everything with " + item + ".", http.StatusOK, http.StatusOK},
		{"Write", "Saved. 1 member can now see, install, upload and change " + item + ".", http.StatusOK, http.StatusOK},
		{"None", "Saved. " + group + " no longer reaches " + item + ".", http.StatusNotFound, http.StatusNotFound},
		{"Read", "Saved. 1 member can now see and install " + item + ".", http.StatusOK, http.StatusForbidden},
	} {
		if !scripts && step.level == "Read" { // the page without the package was loaded
			b.addItem(group, item)
		}
		b.click("radio", step.level)
		if !scripts {
			b.click("button", "Save level of "+item)
		}
		b.find("StaticText", regexp.QuoteMeta(step.says))
		b.look("level-" + step.level)
		b.wants(token, path, step.read)
		got := b.s.send(http.MethodPatch, b.s.URL+"/api/package"+path, strings.NewReader(`{"summary": "x"}`), "Authorization", "token "+token, "Content-Type", "application/json").status
		if got != step.write {
			b.t.Errorf("at level %s a change answers %d, want %d", step.level, got, step.write)
		}
	}
	b.open("/reef-lab/groups/" + group)
	b.find("group", "Level of "+group+" on "+item)
}

// lookAtRights opens the pages about rights.
func (b *browser) lookAtRights(org, item string) {
	b.t.Helper()
	for page, path := range map[string]string{
		"groups-matrix": "/groups", "members": "/members", "channel-settings": "/settings", "audit": "/settings/audit",
		"package-rights": "/" + item + "/settings", "group-delete": "/groups/readers/delete", "group-owners": "/groups/Owners",
	} {
		b.open("/" + org + path)
		b.look(page)
	}
	b.open("/groups")
	b.look("group-membership")
}

// explains asks why a person sees one package and not the other.
func (b *browser) explains(login, seen, hidden string) {
	b.t.Helper()
	for item, verdict := range map[string]string{seen: "Yes: " + login + " may see and install " + seen, hidden: "No: " + login + " may not see and install " + hidden} {
		b.open("/reef-lab/" + item + "/access")
		b.enter("combobox", "Person or token", login)
		b.click("button", "Explain")
		b.find("heading", verdict)
		b.look("why-" + item)
	}
}

// seesOnly checks that who is signed in reads one package and finds no trace of
// the other.
func (b *browser) seesOnly(seen, hidden string) {
	b.t.Helper()
	b.open("/reef-lab")
	b.find("link", seen)
	b.gone("link", hidden)
	b.open("/reef-lab/" + hidden)
	b.find("heading", "There is nothing to see here")
	b.open("/reef-lab/" + seen + "/settings")
	b.find("heading", "Your account may read this, not administer it")
	b.open("/reef-lab/groups")
	b.find("heading", "You may not do this")
	b.forgive("404")
	b.forgive("403")
	b.open("/groups")
	b.click("button", "Leave readers of reef-lab…")
	b.find("button", "Leave readers of reef-lab")
	b.look("group-leave")
}

// takeBack ends what the group gives by taking the person out.
func (b *browser) takeBack(reader string) {
	b.t.Helper()
	b.wants(reader, "/reef-lab/tinyn", http.StatusOK)
	b.open("/reef-lab/groups/readers")
	b.click("button", "Remove bob")
	b.gone("button", "Remove bob")
	b.wants(reader, "/reef-lab/tinyn", http.StatusNotFound)
	b.shows("Removed bob from readers.")
	b.inspectAs("group-removed", few)
	if b.name != "scripts-true" {
		return
	}
	b.click("button", "Undo")
	b.find("button", "Remove bob")
	b.wants(reader, "/reef-lab/tinyn", http.StatusOK)
	b.click("button", "Remove bob")
	b.gone("button", "Remove bob")
	b.wants(reader, "/reef-lab/tinyn", http.StatusNotFound)
}

// leaves takes an owner who is not the last out of an organization.
func (b *browser) leaves(org string) {
	b.t.Helper()
	b.open("/groups")
	b.click("button", "Leave Owners of "+org+"…")
	b.click("button", "Leave Owners of "+org)
	b.find("heading", "You are in no group")
}

// cannotLeave is the last owner's try: no page offers it, and who asks for it
// nonetheless is told why not.
func (b *browser) cannotLeave(org string) {
	b.t.Helper()
	b.open("/" + org + "/members")
	b.shows("you")
	b.gone("button", "Remove carol")
	b.look("members-self")
	b.open("/groups")
	b.gone("button", "Leave Owners of "+org+"…")
	b.look("groups-last-owner")
	b.click("link", "Open Owners of "+org)
	b.find("heading", "Owners")
	b.gone("button", "Remove carol")
	b.open("/groups/" + org + "/Owners/leave")
	b.click("button", "Leave Owners of "+org)
	b.find("alert", ".*")
	b.shows("is the last owner of " + org)
	b.look("last-owner")
	b.forgive("409")
}

// rename gives the organization another name: what is in it is found there, and
// nothing under the old one.
func (b *browser) rename(org, to, item string) {
	b.t.Helper()
	b.open("/" + org + "/settings/profile")
	b.look("organization-settings")
	b.fill("New name", "No Good")
	b.click("button", "Rename "+org+"…")
	b.find("textbox", "New name")
	b.look("organization-rename-refused")
	b.forgive("422")
	b.open("/" + org + "/settings/profile")
	b.fill("New name", to)
	b.click("button", "Rename "+org+"…")
	b.find("heading", "Rename "+org+" to "+to+".*")
	b.look("organization-rename")
	b.click("button", "Rename "+org)
	b.arrives("/" + to + "/settings/profile")
	b.open("/" + to + "/" + item)
	b.find("heading", item+".*")
	b.open("/" + org + "/" + item)
	b.find("heading", "There is nothing to see here")
	b.forgive("404")
}

// transfer hands the organization over to somebody else.
func (b *browser) transfer(org, to string) {
	b.t.Helper()
	b.open("/" + org + "/settings/profile")
	b.enter("combobox", "New owner", to)
	b.click("button", "Transfer "+org+"…")
	b.find("heading", "Transfer "+org+" to "+to+".*")
	b.look("organization-transfer")
	b.click("button", "Transfer "+org)
	b.find("heading", "You are in no organization")
	b.look("organizations-none")
	b.open("/" + org + "/settings/profile")
	b.find("heading", "You may not do this")
	b.forgive("403")
}

// deleteOrganization removes the organization, whose name must be typed.
func (b *browser) deleteOrganization(org, token string) {
	b.t.Helper()
	b.open("/organizations")
	b.look("organizations")
	b.click("link", "Settings of "+org)
	b.click("link", "Delete organization…")
	b.find("heading", "Delete "+org+".*")
	b.fill("Type the name to confirm", "something else")
	b.click("button", "Delete "+org)
	b.find("StaticText", "Type "+org+", exactly as it is written here.")
	b.look("organization-delete")
	b.forgive("422")
	b.open("/" + org + "/settings/delete")
	b.fill("Type the name to confirm", org)
	b.click("button", "Delete "+org)
	b.find("heading", "You are in no organization")
	b.wants(token, "/"+org+"/tinyn", http.StatusNotFound)
}
