package web_test

import (
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

func (s site) settingsOf(t *testing.T, channel string) registry.ChannelSettings {
	t.Helper()
	got, err := s.ChannelSettings(t.Context(), s.Actor(t, "brook"), channel)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestChannelSettings(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "brook")
	b.get("/labs/settings").want(t, http.StatusOK).
		shows(t, "<title>Channel settings of labs · Vivarium</title>", "<legend class=\"legend\">Channel</legend>", "Access of new packages", "Stored files never change", "Now Public")
	b.post("/labs/settings", form("do", "door", "closed", "closed", "default_access", "private")).leadsTo(t, "/labs/settings")
	b.get("/labs/settings").shows(t, "Saved the settings of labs.", `value="closed" checked`, `value="private" checked`)
	b.HTMX = true
	b.post("/labs/settings", form("do", "files", "immutable", "1")).want(t, http.StatusOK).
		shows(t, `id="files"`, `value="1" checked`, "Saved").hides(t, "<html", `id="door"`)
	b.post("/labs/settings", form("do", "door", "closed", "open", "default_access", "nobody")).want(t, http.StatusUnprocessableEntity).
		shows(t, `id="door"`, "Access is public, authenticated or private").hides(t, "<html")
	if got, want := s.settingsOf(t, "labs"), (registry.ChannelSettings{Closed: true, Immutable: true, DefaultAccess: model.Private}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	s.visitor(t).get("/labs").leadsTo(t, "/signin?next=%2Flabs")
	b.post("/labs/settings", form("do", "door", "closed", "open", "default_access", "")).want(t, http.StatusOK).shows(t, "Saved. The channel is open")
	b.post("/labs/settings", form("do", "files")).want(t, http.StatusOK)
	if got := s.settingsOf(t, "labs"); got != (registry.ChannelSettings{}) {
		t.Errorf("not taken back: %+v", got)
	}
	b.post("/labs/settings", form("do", "dance")).want(t, http.StatusUnprocessableEntity)
	s.as(t, "casey").post("/labs/settings", form("do", "door", "closed", "closed")).want(t, http.StatusForbidden)
}

func TestSetAccessOfSeveralPackages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "sonarkit"}, model.Public)
	b := s.as(t, "brook")
	b.get("/labs/packages").want(t, http.StatusOK).shows(t, `aria-label="Select reefscan"`, "Set access")
	s.as(t, "casey").get("/labs/packages").hides(t, "Select reefscan", "Set access")
	b.get("/labs/notebooks").hides(t, "Set access")

	two := form("package", "reefscan", "package", "hushhush", "access", "private", "query", "type=conda")
	s.as(t, "casey").post("/labs/packages", two).want(t, http.StatusForbidden)
	b.post("/labs/packages", two).leadsTo(t, "/labs/packages?type=conda")
	b.get("/labs/packages").shows(t, "Set access of 2 to Private.")
	v := s.visitor(t)
	v.get("/labs/packages").shows(t, "sonarkit").hides(t, "reefscan", "hushhush")
	b.post("/labs/packages", form("access", "public")).want(t, http.StatusUnprocessableEntity).shows(t, "Choose between 1 and", "<title>Error: Packages of labs")
	b.post("/labs/packages", form("package", "reefscan", "access", "nobody")).want(t, http.StatusUnprocessableEntity).shows(t, "Access is public")
	b.post("/labs/packages", form("package", "missing", "access", "public")).want(t, http.StatusNotFound)
	v.get("/labs/reefscan").want(t, http.StatusNotFound)
}
