package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

const settings = "/labs/reefscan/settings"

func settingsSite(t *testing.T) site {
	t.Helper()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)
	return s
}

func (s site) reefscan(t *testing.T) registry.PackageDetail {
	t.Helper()
	p, err := s.Package(t.Context(), s.Actor(t, "brook"), "labs", "reefscan")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPackageSettingsAreForItsAdmins(t *testing.T) {
	t.Parallel()
	s := settingsSite(t)
	s.as(t, "brook").get(settings).want(t, http.StatusOK).
		shows(t, "Who may see and install reefscan", "Save access", "Delete reefscan", "Type the name to confirm")
	s.visitor(t).get(settings).leadsTo(t, "/signin?next=%2Flabs%2Fpackages%2Freefscan%2Fsettings")
	casey := s.as(t, "casey")
	casey.get(settings).want(t, http.StatusForbidden).
		shows(t, "Your account may read this, not administer it", "This needs Administration on reefscan. You have Read-Only.", `href="/labs"`, "Back to reefscan")
	if err := s.SetCollaborator(t.Context(), s.Actor(t, "brook"), "labs", "reefscan", "casey", model.Write); err != nil {
		t.Fatal(err)
	}
	casey.get(settings).want(t, http.StatusForbidden).shows(t, "Your account may change this, not administer it", "You have Read-Write.")
	casey.post(settings, url.Values{"do": {"access"}, "access": {"private"}}).want(t, http.StatusForbidden)
	casey.post(settings, url.Values{"do": {"delete"}, "typed": {"reefscan"}}).want(t, http.StatusForbidden)
	casey.get("/labs/hushhush/settings").want(t, http.StatusNotFound)
	casey.post("/labs/hushhush/settings", url.Values{"do": {"access"}, "access": {"public"}}).want(t, http.StatusNotFound)
	if got := s.reefscan(t).Access; got != model.Public {
		t.Errorf("casey made it %s", got)
	}
}

// TestAccessNoteFollowsTheChoice asks what an access would mean before it is saved.
func TestAccessNoteFollowsTheChoice(t *testing.T) {
	t.Parallel()
	s := settingsSite(t)
	b := s.as(t, "brook")
	b.get(settings).shows(t, `id="access-note"`, "Public: Anyone sees and installs it.").hides(t, "Not saved yet")
	b.get(settings+"?access=private").shows(t, "<html", "Public: Anyone sees and installs it.") // without scripts it is the page
	b.HTMX = true
	b.get(settings+"?do=access&access=private").want(t, http.StatusOK).shows(t, "Private: Only labs, its collaborators and groups see it", "Not saved yet.").hides(t, "<html", "<form")
	b.get(settings+"?do=access&access=public").shows(t, "Public: Anyone").hides(t, "Not saved yet.")
	s.as(t, "casey").get(settings+"?access=private").want(t, http.StatusForbidden)
}

func TestSaveAccess(t *testing.T) {
	t.Parallel()
	s := settingsSite(t)
	b := s.as(t, "brook")
	b.post(settings, url.Values{"do": {"access"}, "access": {"private"}}).leadsTo(t, "/labs/reefscan/settings")
	b.get(settings).shows(t, "Saved the settings of reefscan.", `value="private" id="access-private" checked`)
	s.visitor(t).get("/labs/reefscan").want(t, http.StatusNotFound)

	b.HTMX = true
	b.post(settings, url.Values{"do": {"access"}, "access": {"authenticated"}}).want(t, http.StatusOK).
		shows(t, `<section class="panel" id="access"`, `id="package-access" hx-swap-oob="true"`, "Signed-in", "Saved").hides(t, "<html", "<title>")
	b.post(settings, url.Values{"do": {"access"}, "access": {"nobody"}}).want(t, http.StatusUnprocessableEntity).shows(t, "Access is public, authenticated or private")
	b.HTMX = false
	b.post(settings, url.Values{"do": {"access"}}).want(t, http.StatusUnprocessableEntity).shows(t, "<title>Error: Settings of reefscan, labs", "Access is public")
	b.post(settings, url.Values{"do": {"dance"}}).want(t, http.StatusUnprocessableEntity)
	if got := s.reefscan(t).Access; got != model.Authenticated {
		t.Errorf("it is %s now", got)
	}
}

func TestSaveSummaryAndLinks(t *testing.T) {
	t.Parallel()
	s := settingsSite(t)
	b := s.as(t, "brook")
	typed := url.Values{"do": {"facts"}, "summary": {" Counts corals "}, "home": {"javascript:alert(1)"}, "doc_url": {"https://docs.reef.example"}}
	b.post(settings, typed).want(t, http.StatusUnprocessableEntity).
		shows(t, `value="Counts corals"`, `value="javascript:alert(1)"`, `value="https://docs.reef.example"`, "Give an address that begins with https:// or http://.", `aria-describedby="home-e"`)
	if got := s.reefscan(t).Summary; got == "Counts corals" {
		t.Error("a form with a problem was saved")
	}
	typed.Set("home", "")
	b.post(settings, typed).leadsTo(t, "/labs/reefscan/settings")
	if got := s.reefscan(t); got.Summary != "Counts corals" || got.DocURL != "https://docs.reef.example" || got.Home != "" {
		t.Errorf("saved %q, %q, %q", got.Summary, got.DocURL, got.Home)
	}
	b.HTMX = true
	b.post(settings, typed).want(t, http.StatusOK).shows(t, `<section class="panel" id="facts"`, "Saved").hides(t, "<html")
}

func TestDeletePackage(t *testing.T) {
	t.Parallel()
	s := settingsSite(t)
	b := s.as(t, "brook")
	b.post(settings, url.Values{"do": {"delete"}, "typed": {"reef"}}).want(t, http.StatusUnprocessableEntity).shows(t, "Type reefscan, exactly as it is written here.")
	b.HTMX = true
	b.post(settings, url.Values{"do": {"delete"}}).want(t, http.StatusUnprocessableEntity).shows(t, `<section class="panel panel--danger" id="delete"`).hides(t, "<html")
	b.HTMX = false
	b.post(settings, url.Values{"do": {"delete"}, "typed": {"reefscan"}}).leadsTo(t, "/labs/packages")
	b.get("/labs/packages").shows(t, "Deleted reefscan.")
	b.get("/labs/reefscan").want(t, http.StatusNotFound)
}
