package web_test

import (
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

const secret = "/labs/hushhush/settings"

func TestCollaboratorsOfAPackage(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b, mallory := s.as(t, "brook"), s.as(t, "mallory")
	b.get(secret).want(t, http.StatusOK).shows(t, "No collaborators", "Add collaborator", `value="write" selected`)
	b.post(secret, form("do", "add-collaborator", "username", "mallory", "permission", "read")).leadsTo(t, secret)
	b.get(secret).shows(t, "Added mallory.", "Read-Only", `aria-label="Remove mallory"`)
	mallory.get("/labs/hushhush").want(t, http.StatusOK)
	mallory.get(secret).want(t, http.StatusForbidden)
	mallory.post(secret, form("do", "add-collaborator", "username", "mallory", "permission", "write")).want(t, http.StatusForbidden)

	b.post(secret, form("do", "add-collaborator", "username", "nobody", "permission", "read")).want(t, http.StatusUnprocessableEntity).
		shows(t, "is not a user here", `value="nobody"`, `value="read" selected`, "<title>Error: Settings of hushhush")
	b.HTMX = true
	b.post(secret, form("do", "remove-collaborator", "name", "mallory")).want(t, http.StatusOK).
		shows(t, `id="toasts"`, `name="username" value="mallory"`, `name="permission" value="read"`, "Undo")
	b.HTMX = false
	b.post(secret, form("do", "add-collaborator", "username", "mallory", "permission", "read")).leadsTo(t, secret)
	mallory.get("/labs/hushhush").want(t, http.StatusOK)
	b.HTMX = true
	b.post(secret, form("do", "add-collaborator", "username", "mallory", "permission", "admin")).want(t, http.StatusUnprocessableEntity).shows(t, "A collaborator may read or write.")
	b.post(secret, form("do", "remove-collaborator", "name", "mallory")).want(t, http.StatusOK).
		shows(t, `id="people"`, "No collaborators", "Removed mallory.", `id="announce"`).hides(t, "<html")
	b.post(secret, form("do", "remove-collaborator", "name", "mallory")).want(t, http.StatusUnprocessableEntity).shows(t, "mallory is not a collaborator of labs/hushhush.")
	mallory.get("/labs/hushhush").want(t, http.StatusNotFound)
}

func TestGroupsOfAPackage(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b, casey := s.as(t, "brook"), s.as(t, "casey")
	b.get(secret).shows(t, "1 group reaches it", "Owners", "on all packages", "Attach group", "readers (Read-Only)")
	casey.get("/labs/hushhush").want(t, http.StatusNotFound)
	b.post(secret, form("do", "attach-group", "group", "readers")).leadsTo(t, secret)
	b.get(secret).shows(t, "Attached readers.", "2 groups reach it", `aria-label="Remove readers"`, "Every group reaches it.")
	casey.get("/labs/hushhush").want(t, http.StatusOK)
	b.HTMX = true
	b.post(secret, form("do", "attach-group", "group", "ghosts")).want(t, http.StatusUnprocessableEntity).shows(t, `id="groups"`, "does not exist").hides(t, "<html")
	b.post(secret, form("do", "detach-group", "name", "readers")).want(t, http.StatusOK).shows(t, `id="toasts"`, "Removed readers.", "1 group reaches it", "Attach group")
	casey.get("/labs/hushhush").want(t, http.StatusNotFound)
}

func TestAdminsOfAPackageSeeItsGroupsOnly(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	b.post("/labs/groups", form("name", "keepers", "permission", "admin")).leadsTo(t, "/labs/groups/keepers")
	b.post("/labs/groups/keepers", form("do", "add-member", "username", "casey")).leadsTo(t, "/labs/groups/keepers")
	b.post("/labs/groups/keepers", form("do", "add-package", "package", "hushhush")).leadsTo(t, "/labs/groups/keepers")
	casey := s.as(t, "casey")
	casey.get(secret).want(t, http.StatusOK).shows(t, "keepers", "Add collaborator").hides(t, "Attach group", "readers", `href="/labs/groups/keepers"`)
	casey.post(secret, form("do", "attach-group", "group", "readers")).want(t, http.StatusForbidden)
	casey.post(secret, form("do", "detach-group", "name", "keepers")).want(t, http.StatusForbidden)
	casey.post(secret, form("do", "add-collaborator", "username", "mallory", "permission", "write")).leadsTo(t, secret)
}

func TestPackagesOfUsersHaveNoGroups(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "brook", condatest.Spec{Name: "sonarkit"}, model.Private)
	b := s.as(t, "brook")
	b.get("/brook/sonarkit/settings").want(t, http.StatusOK).shows(t, "Collaborators").hides(t, "Attach group", `id="groups"`)
	b.post("/brook/sonarkit/settings", form("do", "attach-group", "group", "readers")).want(t, http.StatusUnprocessableEntity)
}
