package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// groupSite has labs of brook with a private package and the group readers, in
// which casey is.
func groupSite(t *testing.T) site {
	t.Helper()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	brook := s.Actor(t, "brook")
	if _, err := s.CreateGroup(t.Context(), brook, "labs", registry.NewGroup{Name: "readers", Permission: model.Read}); err != nil {
		t.Fatal(err)
	}
	if err := s.AddGroupMember(t.Context(), brook, "labs", "readers", "casey"); err != nil {
		t.Fatal(err)
	}
	return s
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

func TestGroupPagesAreForOwners(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	for _, path := range []string{"/labs/groups", "/labs/groups/readers", "/labs/groups/readers/delete", "/labs/members", "/labs/settings", "/labs/settings/audit"} {
		s.visitor(t).get(path).leadsTo(t, "/signin?next="+url.QueryEscape(path))
		s.as(t, "casey").get(path).want(t, http.StatusForbidden).hides(t, "brook", "hushhush")
		s.as(t, "brook").get(path).want(t, http.StatusOK)
	}
	casey := s.as(t, "casey")
	for _, do := range []url.Values{form("do", "add-member", "username", "mallory"), form("do", "permission", "permission", "admin"), form("do", "remove-member", "name", "casey")} {
		casey.post("/labs/groups/readers", do).want(t, http.StatusForbidden)
	}
	casey.post("/labs/groups", form("name", "mine", "permission", "admin")).want(t, http.StatusForbidden)
	casey.post("/labs/groups/readers/delete", nil).want(t, http.StatusForbidden)
	casey.post("/labs/members", form("do", "add-member", "username", "casey", "group", "Owners")).want(t, http.StatusForbidden)
	brook := s.as(t, "brook")
	for _, path := range []string{"/brook/groups", "/casey/members", "/brook/groups/readers", "/labs/groups/nobody", "/nobody/groups"} {
		brook.get(path).want(t, http.StatusNotFound)
	}
}

func TestCreateGroup(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	b.get("/labs/groups").want(t, http.StatusOK).shows(t, "<title>Groups of labs · Vivarium</title>", "Owners", "Administration", "all packages", "readers", "1 member", "0 packages",
		"All packages of labs", "Create group", "Who may do what", "hushhush")
	b.post("/labs/groups", form("name", "no good", "permission", "write", "all_packages", "1")).want(t, http.StatusUnprocessableEntity).
		shows(t, "<title>Error: Groups of labs", `value="no good"`, `value="write" selected`, `name="all_packages" value="1" checked`, "cannot be a group")
	b.HTMX = true
	b.post("/labs/groups", form("name", "Readers", "permission", "read")).want(t, http.StatusUnprocessableEntity).
		shows(t, "already exists", `id="announce"`).hides(t, "<html", "Who may do what")
	b.post("/labs/groups", form("name", "builders", "permission", "everything")).want(t, http.StatusUnprocessableEntity).shows(t, "A permission is read, write or admin")
	b.HTMX = false
	b.post("/LABS/groups", form("name", "builders", "permission", "write", "all_packages", "1")).leadsTo(t, "/labs/groups/builders")
	b.get("/labs/groups/builders").want(t, http.StatusOK).
		shows(t, "Created builders.", "Its members may see, install, upload and change every package of labs.", "Read-Write", "Nobody yet")
}

func TestMembersOfAGroup(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	const page = "/labs/groups/readers"
	b.post(page, form("do", "add-member", "username", "mallory")).leadsTo(t, page)
	b.get(page).shows(t, "Added mallory to readers.", "2 members", `aria-label="Remove mallory"`)
	b.post(page, form("do", "add-member", "username", "nobody<x>")).want(t, http.StatusUnprocessableEntity).
		shows(t, "is not a user here", `value="nobody&lt;x&gt;"`, `aria-describedby="username-e"`)
	b.HTMX = true
	b.post(page, form("do", "remove-member", "name", "mallory")).want(t, http.StatusOK).
		shows(t, `id="group"`, "1 member", "Removed mallory from readers.", `id="announce"`, `id="toasts"`, `name="username" value="mallory"`, "Undo").hides(t, "<html", `aria-label="Remove mallory"`)
	b.post(page, form("do", "add-member", "username", "labs")).want(t, http.StatusUnprocessableEntity).shows(t, "is not a user here")
	b.post(page, form("do", "dance")).want(t, http.StatusUnprocessableEntity)
}

func TestTheLastOwnerStays(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	const refused = "brook is the last owner of labs. Add another owner first."
	b.post("/labs/groups/Owners", form("do", "remove-member", "name", "brook")).want(t, http.StatusConflict).shows(t, refused, "1 member", "<h1>Owners")
	b.post("/labs/members", form("do", "remove-member", "name", "brook")).want(t, http.StatusConflict).shows(t, refused, "<h1>Members")
	b.post("/groups/labs/Owners/leave", nil).want(t, http.StatusConflict).shows(t, refused, "Leave Owners of labs?")
	b.HTMX = true
	b.post("/labs/groups/Owners", form("do", "remove-member", "name", "brook")).want(t, http.StatusConflict).shows(t, refused).hides(t, "<html")
	b.post("/labs/groups/Owners", form("do", "permission", "permission", "read")).want(t, http.StatusConflict)
	b.HTMX = false
	b.get("/labs/groups/Owners/delete").want(t, http.StatusConflict)
	b.post("/labs/groups/Owners", form("do", "add-member", "username", "casey")).leadsTo(t, "/labs/groups/Owners")
	b.post("/labs/groups/Owners", form("do", "remove-member", "name", "brook")).leadsTo(t, "/groups")
	b.get("/labs/groups").want(t, http.StatusForbidden)
	s.as(t, "casey").get("/labs/groups").want(t, http.StatusOK)
}

// TestNobodyRemovesThemselvesAtOnce: the viewer's own row has no button, since
// leaving is asked about first, and the last owner is not offered to leave.
func TestNobodyRemovesThemselvesAtOnce(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	b.get("/labs/members").shows(t, `aria-label="Remove casey"`, ">you<").hides(t, `aria-label="Remove brook"`)
	b.get("/labs/groups/Owners").shows(t, ">you<").hides(t, `aria-label="Remove brook"`)
	b.get("/groups").shows(t, `aria-label="Open Owners of labs"`).hides(t, "Leave Owners of labs")
	b.post("/labs/groups/Owners", form("do", "add-member", "username", "casey")).leadsTo(t, "/labs/groups/Owners")
	b.get("/labs/groups/Owners").shows(t, ">you<", `aria-label="Remove casey"`)
	b.get("/groups").shows(t, "Leave Owners of labs…", `aria-label="Open Owners of labs"`)
	s.as(t, "casey").get("/groups").shows(t, "Leave Owners of labs…", "Leave readers of labs…")
}

func TestPackagesOfAGroup(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b, casey := s.as(t, "brook"), s.as(t, "casey")
	const page = "/labs/groups/readers"
	casey.get("/labs/hushhush").want(t, http.StatusNotFound)
	b.get(page).shows(t, "No packages yet", "Find a package")
	b.post(page, form("do", "add-package", "package", "hushhush")).leadsTo(t, page)
	b.get(page).shows(t, "Level of readers on hushhush", `value="read" checked`, "1 package added")
	casey.get("/labs/hushhush").want(t, http.StatusOK)
	casey.get("/labs/hushhush/settings").want(t, http.StatusForbidden)
	s.as(t, "mallory").get("/labs/hushhush").want(t, http.StatusNotFound)
	b.post(page, form("do", "add-package", "package", "missing")).want(t, http.StatusUnprocessableEntity).shows(t, `Package &#34;labs/missing&#34; does not exist.`, `value="missing"`)
	b.post(page, form("do", "add-package", "package", "reef")).want(t, http.StatusUnprocessableEntity).shows(t, "Add reefscan").hides(t, "Add hushhush")

	b.HTMX = true
	b.post(page, form("do", "remove-package", "name", "hushhush")).want(t, http.StatusOK).shows(t, "Removed hushhush from readers.", `id="toasts"`, `value="add-package"`, `name="package" value="hushhush"`)
	b.post(page, form("do", "level", "name", "hushhush", "level", "write")).want(t, http.StatusOK)
	b.post(page, form("do", "remove-package", "name", "hushhush")).want(t, http.StatusOK).shows(t, "Removed hushhush from readers.", `name="level" value="write"`, "Undo")
	casey.get("/labs/hushhush").want(t, http.StatusNotFound)
	b.post(page, form("do", "permission", "permission", "admin", "all_packages", "1")).want(t, http.StatusOK).shows(t, "do everything with every package of labs")
	casey.get("/labs/hushhush/settings").want(t, http.StatusOK)
	b.post(page, form("do", "permission", "permission", "king")).want(t, http.StatusUnprocessableEntity).shows(t, "A permission is read, write or admin")
}

// TestLevelsOfAGroup sets each level, in place and without scripts.
func TestLevelsOfAGroup(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b, casey := s.as(t, "brook"), s.as(t, "casey")
	const page = "/labs/groups/readers"
	level := func(level string) answer {
		return b.post(page, form("do", "level", "name", "hushhush", "level", level))
	}
	level("admin").leadsTo(t, page)
	b.get(page).shows(t, "Saved. 1 member can now do everything with hushhush.", "1 package added", `value="admin" checked`, `value="none"`, `value="read"`, `value="write"`)
	casey.get("/labs/hushhush/settings").want(t, http.StatusOK).shows(t, "lvl--admin")
	b.get("/labs/groups").shows(t, `<span class="lvl lvl--admin">Admin</span>`)
	b.get("/labs/hushhush/access?user=casey&wants=admin").shows(t, "Yes: casey may", "gives admin on this package alone; its own permission is read.")
	b.HTMX = true
	level("write").want(t, http.StatusOK).shows(t, `id="level-status"`, "1 member can now see, install, upload and change hushhush.", `id="announce"`, `hx-swap-oob="true">1 package added`).hides(t, "<fieldset")
	casey.get("/labs/hushhush/settings").want(t, http.StatusForbidden)
	level("none").want(t, http.StatusOK).shows(t, "readers no longer reaches hushhush.", "0 packages added")
	casey.get("/labs/hushhush").want(t, http.StatusNotFound)
	level("read").want(t, http.StatusOK).shows(t, "1 member can now see and install hushhush.")
	casey.get("/labs/hushhush").want(t, http.StatusOK)
	if got := level("king").want(t, http.StatusUnprocessableEntity).shows(t, "A level is none, read, write or admin", "<fieldset").Header().Get("HX-Retarget"); got != "#group" {
		t.Errorf("the refusal goes to %q", got)
	}
	b.post(page, form("do", "permission", "permission", "write", "all_packages", "1")).want(t, http.StatusOK).shows(t, "1 package with a level of its own", `value="write" checked`).hides(t, `value="none"`)
	level("read").want(t, http.StatusConflict).shows(t, "readers gives write on every package")
	level("admin").want(t, http.StatusOK)
}

// TestFindPackagesToAdd offers packages while a name is typed, those of the
// organization alone.
func TestFindPackagesToAdd(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	s.publish(t, "brook", condatest.Spec{Name: "reefother"}, model.Private)
	s.Publish(t, s.Actor(t, "casey"), "casey", condatest.Spec{Name: "reefpublic"})
	b := s.as(t, "brook")
	const page = "/labs/groups/readers"
	b.get(page+"?package=reef").want(t, http.StatusOK).shows(t, "<html", "Add reefscan", `value="reef"`).hides(t, "reefother", "reefpublic", "Add hushhush")
	b.HTMX = true
	b.get(page+"?package=reef").want(t, http.StatusOK).shows(t, `id="found"`, "Add reefscan", "1 package to add").hides(t, "<html", "reefother", "reefpublic")
	b.get(page+"?package=zzz").shows(t, "No package to add has such a name.")
	b.get(page+"?package=").hides(t, "Add ", "No package")
	b.post(page, form("do", "add-package", "package", "reefscan")).want(t, http.StatusOK)
	b.get(page+"?package=reef").shows(t, "No package to add has such a name.")
	s.as(t, "casey").get(page+"?package=hush").want(t, http.StatusForbidden).hides(t, "hushhush")
}

func TestDeleteGroup(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	b.get("/labs/groups/readers").shows(t, `href="/labs/groups/readers/delete"`)
	b.get("/labs/groups/readers/delete").want(t, http.StatusOK).shows(t, "Delete readers of labs?", "Its members (1) lose what it gives them on 0 of its packages", "Delete readers</button>")
	b.post("/labs/groups/readers/delete", nil).leadsTo(t, "/labs/groups")
	b.get("/labs/groups").shows(t, "Deleted readers.").hides(t, `href="/labs/groups/readers"`)
	b.post("/labs/groups/Owners/delete", nil).want(t, http.StatusConflict)
}

func TestLeaveGroup(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	casey := s.as(t, "casey")
	casey.get("/groups").want(t, http.StatusOK).shows(t, "readers", "You are a member", `aria-label="Leave readers of labs…"`).hides(t, `href="/labs/groups/readers"`)
	casey.get("/groups/labs/readers/leave").want(t, http.StatusOK).shows(t, "Leave readers of labs?", "Only an owner of labs can add you again.")
	casey.post("/groups/labs/readers/leave", nil).leadsTo(t, "/groups")
	casey.get("/groups").shows(t, "You left readers of labs.", "You are in no group")
	for _, path := range []string{"/groups/labs/readers/leave", "/groups/labs/Owners/leave", "/groups/labs/nothing/leave"} {
		casey.get(path).want(t, http.StatusNotFound)
		casey.post(path, nil).want(t, http.StatusNotFound)
	}
	s.visitor(t).get("/groups/labs/readers/leave").leadsTo(t, "/signin?next=%2Fgroups%2Flabs%2Freaders%2Fleave")
}

func TestLeavingWhileActingAsTheOrganization(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	b.post("/labs/groups/Owners", form("do", "add-member", "username", "casey")).leadsTo(t, "/labs/groups/Owners")
	b.post("/account/acting", form("account", "labs")).leadsTo(t, "/landscape")
	b.get("/labs/members").want(t, http.StatusOK)
	b.post("/groups/labs/Owners/leave", nil).leadsTo(t, "/groups")
	b.get("/groups").want(t, http.StatusOK).shows(t, "You left Owners of labs.", "Profile menu, active account: brook")
	b.get("/labs/members").want(t, http.StatusForbidden)
}
