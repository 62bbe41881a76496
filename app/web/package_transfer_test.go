package web_test

import (
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

const transfer = "/labs/reefscan/transfer"

func TestTransferPackagePages(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	brook := s.Actor(t, "brook")
	if err := s.AttachPackage(t.Context(), brook, "labs", "readers", "reefscan"); err != nil {
		t.Fatal(err)
	}
	if err := s.SetCollaborator(t.Context(), brook, "labs", "reefscan", "mallory", model.Write); err != nil {
		t.Fatal(err)
	}
	b := s.as(t, "brook")
	b.get(settings).want(t, http.StatusOK).shows(t, `id="transfer"`, "New owner", `<option value="brook"`, "Transfer reefscan…").hides(t, `<option value="labs"`)
	b.get(transfer+"?to=brook").want(t, http.StatusOK).
		shows(t, "Transfer reefscan to brook?", "Groups: readers. Collaborators: mallory.", "it stays public", "Type the name to confirm", `name="to" value="brook"`)
	b.post(transfer, form("to", "brook", "typed", "reef")).want(t, http.StatusUnprocessableEntity).
		shows(t, "<title>Error: Transfer reefscan, labs", "Type reefscan, exactly as it is written here.", `value="reef"`)
	b.post(transfer, form("to", "brook", "typed", "reefscan")).leadsTo(t, "/brook/reefscan")
	b.get("/brook/reefscan").want(t, http.StatusOK).shows(t, "reefscan belongs to brook now.")
	b.get("/labs/reefscan").want(t, http.StatusNotFound)
	b.get("/brook/reefscan/settings").shows(t, `<option value="labs"`, "No collaborators").hides(t, `<option value="brook"`)
}

// TestTransferIsRefusedOnPages draws the settings with what is in the way.
func TestTransferIsRefusedOnPages(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	brook := s.Actor(t, "brook")
	s.publish(t, "brook", condatest.Spec{Name: "reefscan"}, model.Public)
	b := s.as(t, "brook")
	for to, want := range map[string]struct {
		status int
		says   string
	}{
		"brook": {http.StatusConflict, "brook has a package reefscan already."}, "nobody": {http.StatusUnprocessableEntity, "does not exist"},
		"casey": {http.StatusForbidden, "brook may not change casey"}, "": {http.StatusUnprocessableEntity, "Name the account that gets reefscan."},
		"labs": {http.StatusConflict, "belongs to labs already"},
	} {
		b.get(transfer+"?to="+to).want(t, want.status).shows(t, "<title>Error: Settings of reefscan", `id="transfer"`, want.says)
		b.post(transfer, form("to", to, "typed", "reefscan")).want(t, want.status).shows(t, want.says)
	}
	casey := s.as(t, "casey")
	casey.get(transfer+"?to=casey").want(t, http.StatusForbidden)
	casey.post(transfer, form("to", "casey", "typed", "reefscan")).want(t, http.StatusForbidden)
	casey.get("/labs/hushhush/transfer?to=casey").want(t, http.StatusNotFound)
	s.visitor(t).get(transfer+"?to=casey").leadsTo(t, "/signin?next=%2Flabs%2Fpackages%2Freefscan%2Ftransfer%3Fto%3Dcasey")

	if _, err := s.CreateGroup(t.Context(), brook, "labs", registry.NewGroup{Name: "managers", Permission: model.Admin}); err != nil {
		t.Fatal(err)
	}
	if err := s.SetLevel(t.Context(), brook, "labs", "managers", "hushhush", model.Admin); err != nil {
		t.Fatal(err)
	}
	if err := s.AddGroupMember(t.Context(), brook, "labs", "managers", "casey"); err != nil {
		t.Fatal(err)
	}
	casey.get("/labs/hushhush/transfer?to=casey").want(t, http.StatusOK).shows(t, "It stays private: casey sees it", "Groups: managers. Collaborators: none.")
	casey.post("/labs/hushhush/transfer", form("to", "casey", "typed", "hushhush")).leadsTo(t, "/casey/hushhush")
	b.get("/casey/hushhush").want(t, http.StatusNotFound)
}
