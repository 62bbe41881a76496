package web_test

import (
	"net/http"
	"testing"
)

func TestMembersOfAnOrganization(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	b.get("/labs").shows(t, `href="/labs/members"`, `href="/labs/groups"`, `href="/labs/settings"`)
	s.as(t, "casey").get("/labs").hides(t, `href="/labs/members"`, `href="/labs/groups"`, `href="/labs/settings"`)
	b.get("/brook").shows(t, `href="/brook/settings"`).hides(t, `href="/brook/members"`)
	b.get("/labs/members").want(t, http.StatusOK).shows(t, "2 members", "brook", "Owner", "casey", `href="/labs/groups/readers"`)

	b.post("/labs/members", form("do", "add-member", "username", "mallory", "group", "readers")).leadsTo(t, "/labs/members")
	b.get("/labs/members").shows(t, "Added mallory to readers.", "3 members")
	b.post("/labs/members", form("do", "add-member", "username", "nobody", "group", "readers")).want(t, http.StatusUnprocessableEntity).
		shows(t, "is not a user here", `value="nobody"`, `value="readers" selected`)
	b.post("/labs/members", form("do", "add-member", "username", "casey", "group", "ghosts")).want(t, http.StatusUnprocessableEntity).shows(t, "Choose one of the groups of labs.")
	b.HTMX = true
	b.post("/labs/members", form("do", "remove-member", "name", "mallory")).want(t, http.StatusOK).
		shows(t, `id="members"`, "2 members", "Removed mallory from labs.", `id="toasts"`, `name="group" value="readers"`, "Undo").hides(t, "<html", `aria-label="Remove mallory"`)
	b.post("/labs/members", form("do", "remove-member", "name", "mallory")).want(t, http.StatusOK).shows(t, "mallory is no member any more.")
	b.post("/labs/members", form("do", "dance")).want(t, http.StatusUnprocessableEntity)
}

func TestRemovingAMemberEndsAllGroups(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	b.post("/labs/members", form("do", "add-member", "username", "casey", "group", "Owners")).leadsTo(t, "/labs/members")
	b.post("/labs/members", form("do", "remove-member", "name", "casey")).leadsTo(t, "/labs/members")
	s.as(t, "casey").get("/groups").shows(t, "You are in no group")
}

func TestAnOwnerMayRemoveThemselves(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	b.post("/labs/members", form("do", "add-member", "username", "casey", "group", "Owners")).leadsTo(t, "/labs/members")
	b.HTMX = true
	a := b.post("/labs/members", form("do", "remove-member", "name", "brook")).want(t, http.StatusNoContent)
	if got := a.Header().Get("HX-Redirect"); got != "/groups" {
		t.Errorf("leads to %q", got)
	}
	b.HTMX = false
	b.get("/groups").shows(t, "Removed brook from labs.", "You are in no group")
}
