package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"vivarium/app/model"
)

func TestOrganizationSettings(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	const page = "/labs/settings/profile"
	b.get("/labs/settings").shows(t, `href="/labs/settings/profile"`)
	b.get(page).want(t, http.StatusOK).shows(t, "<title>Settings of labs · Vivarium</title>", "Rename labs…", "Transfer labs…", `href="/labs/settings/delete"`, "2 packages", "You are its only owner.",
		`<option value="casey"`).hides(t, `<option value="brook"`, "Security")
	b.post(page, form("name", " Reef <Lab> ", "email", "team@reef.example", "url", "https://reef.example")).leadsTo(t, page)
	b.get(page).shows(t, "Profile saved.", `value="Reef &lt;Lab&gt;"`, `value="team@reef.example"`)
	b.get("/labs").shows(t, "Reef &lt;Lab&gt;").hides(t, "team@reef.example")
	b.post(page, form("name", "x", "url", "javascript:alert(1)", "email", "nowhere")).want(t, http.StatusUnprocessableEntity).
		shows(t, "<title>Error: Settings of labs", "The profile was not saved", `value="javascript:alert(1)"`, `value="nowhere"`)
	b.HTMX = true
	b.post(page, form("name", "Labs")).want(t, http.StatusOK).shows(t, `id="profile"`, "Saved just now", "Profile saved").hides(t, "<html", "Rename labs")
	b.HTMX = false
	b.post("/account/acting", form("account", "labs")).leadsTo(t, "/landscape")
	b.get("/account/profile").leadsTo(t, page)
}

// TestOrganizationSettingsAreForOwners asks for every page about an organization as
// others, and as its owner for a user's.
func TestOrganizationSettingsAreForOwners(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	casey, ada, brook, nobody := s.as(t, "casey"), s.as(t, "ada"), s.as(t, "brook"), s.visitor(t)
	for _, page := range []string{"profile", "rename", "transfer", "delete"} {
		path := "/labs/settings/" + page
		nobody.get(path).leadsTo(t, "/signin?next="+url.QueryEscape(path))
		for _, b := range []*browser{casey, ada} {
			b.get(path+"?to=mine").want(t, http.StatusForbidden).hides(t, "hushhush", "<form method=\"post\" action=\""+path)
			b.post(path, form("to", "mine", "name", "x", "typed", "labs")).want(t, http.StatusForbidden)
		}
		brook.get("/brook/settings/"+page).want(t, http.StatusNotFound)
		brook.post("/brook/settings/"+page, form("to", "mine", "typed", "brook")).want(t, http.StatusNotFound)
		brook.get("/ghost/settings/"+page).want(t, http.StatusNotFound)
	}
	brook.get("/labs").want(t, http.StatusOK)
}

func TestRenameOrganization(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	b.post("/account/acting", form("account", "labs")).leadsTo(t, "/landscape")
	for _, to := range []string{"", "A b", "casey", "admin", "labs"} {
		b.get("/labs/settings/rename?to="+url.QueryEscape(to)).want(t, http.StatusUnprocessableEntity).shows(t, `aria-describedby="to-e to-h"`, "Rename labs…")
		b.post("/labs/settings/rename", form("to", to)).want(t, http.StatusUnprocessableEntity).shows(t, `aria-describedby="to-e to-h"`)
	}
	b.get("/labs/settings/rename?to=Reef").want(t, http.StatusOK).shows(t, "Rename labs to reef?", `name="to" value="reef"`, "answers 404 from then on", ">Rename labs</button>")
	b.post("/labs/settings/rename", form("to", "Reef")).leadsTo(t, "/reef/settings/profile")
	b.get("/reef/settings/profile").want(t, http.StatusOK).shows(t, "labs is reef now.", "Profile menu, active account: reef")
	b.get("/labs").want(t, http.StatusNotFound)
	b.get("/reef/hushhush").want(t, http.StatusOK)
	b.get("/reef/settings/audit").shows(t, "organization.rename", "to reef", "group.create")
	b.post("/organizations", form("name", "labs")).want(t, http.StatusUnprocessableEntity).shows(t, "taken")
}

func TestTransferOrganization(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	for _, to := range []string{"", "ghost", "labs"} {
		b.get("/labs/settings/transfer?to="+to).want(t, http.StatusUnprocessableEntity).shows(t, "Name a person who has an account here.", `aria-describedby="owner-e owner-h"`)
	}
	b.post("/labs/settings/transfer", form("to", "brook")).want(t, http.StatusUnprocessableEntity).shows(t, "You own labs already.", `value="brook"`)
	b.get("/labs/settings/transfer?to=casey").want(t, http.StatusOK).shows(t, "Transfer labs to casey?", `name="to" value="casey"`, ">Transfer labs</button>")
	b.post("/labs/settings/transfer", form("to", "casey")).leadsTo(t, "/organizations")
	b.get("/organizations").want(t, http.StatusOK).shows(t, "labs belongs to casey now.", "You are in no organization")
	b.get("/labs/settings/profile").want(t, http.StatusForbidden)
	s.as(t, "casey").get("/organizations").shows(t, `aria-label="Settings of labs"`, "2 packages", "2 groups", "1 member")
}

func TestDeleteOrganization(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	s.Token(t, "labs")
	b := s.as(t, "brook")
	const page = "/labs/settings/delete"
	b.get(page).want(t, http.StatusOK).shows(t, "Delete labs?", "What is deleted", "Access tokens", "What stays", "Type the name to confirm", ">Delete labs</button>")
	for _, typed := range []string{"", "Labs", "labs2"} {
		b.post(page, form("typed", typed)).want(t, http.StatusUnprocessableEntity).shows(t, "Type labs, exactly as it is written here.", `value="`+typed+`"`)
	}
	b.post("/labs/settings", form("do", "files", "immutable", "1")).leadsTo(t, "/labs/settings")
	b.post(page, form("typed", "labs")).want(t, http.StatusConflict).shows(t, "Files of labs never change.")
	b.post("/labs/settings", form("do", "files")).leadsTo(t, "/labs/settings")
	b.post("/account/acting", form("account", "labs")).leadsTo(t, "/landscape")
	b.post(page, form("typed", "labs")).leadsTo(t, "/organizations")
	b.get("/organizations").want(t, http.StatusOK).shows(t, "Deleted labs.", "You are in no organization", "Profile menu, active account: brook")
	for _, path := range []string{"/labs", "/labs/hushhush", page} {
		b.get(path).want(t, http.StatusNotFound)
	}
}

// TestNewOrganizationsAccess makes an organization whose packages are private.
func TestNewOrganizationsAccess(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "brook")
	b.get("/organizations").shows(t, `name="access" value="public" checked`)
	b.post("/organizations", form("name", "reef", "full_name", "Reef Lab", "access", "secret")).want(t, http.StatusUnprocessableEntity).shows(t, "Access is public, authenticated or private", `value="Reef Lab"`)
	b.post("/organizations", form("name", "reef", "full_name", "Reef Lab", "access", "private")).leadsTo(t, "/reef")
	a, err := s.Account(t.Context(), s.Actor(t, "brook"), "reef")
	if err != nil || a.DefaultAccess != model.Private || a.Name != "Reef Lab" {
		t.Errorf("made %+v, %v", a, err)
	}
}
