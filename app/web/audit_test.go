package web_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
)

func TestAuditPage(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	b := s.as(t, "brook")
	b.get("/labs/settings/audit").want(t, http.StatusOK).
		shows(t, "<title>Audit log of labs · Vivarium</title>", "organization.create", "group.create", "labs/readers", "brook", "192.0.2.1", "Filter the audit log")
	b.get("/labs/settings/audit?action=group").shows(t, "group.add-member", `value="group" selected`, "action=group&amp;format=csv").hides(t, "organization.create")
	b.get("/labs/settings/audit?since=2999-01-01").shows(t, "No line matches", "Clear filters", "0 lines")
	b.get("/labs/settings/audit?since=yesterday").want(t, http.StatusUnprocessableEntity).shows(t, "Give a day such as", `aria-invalid="true"`)
	b.get("/labs/settings/audit?action=%25").shows(t, "organization.create")
	b.HTMX = true
	b.get("/labs/settings/audit?action=group").want(t, http.StatusOK).shows(t, `id="results"`, `id="announce"`).hides(t, "<html", "Filter the audit log")
	s.as(t, "casey").get("/labs/settings/audit?format=csv").want(t, http.StatusForbidden).hides(t, "readers")
}

func TestAuditDownload(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	actor := s.Actor(t, "brook")
	actor.Client = `=HYPERLINK("http://evil.test")`
	if _, err := s.CreateGroup(t.Context(), actor, "labs", registry.NewGroup{Name: "builders", Permission: model.Write}); err != nil {
		t.Fatal(err)
	}
	b := s.as(t, "brook")
	a := b.get("/labs/settings/audit?action=group&format=csv").want(t, http.StatusOK)
	if got := a.Header().Get("Content-Disposition"); got != `attachment; filename="audit-labs.csv"` {
		t.Errorf("Content-Disposition %q", got)
	}
	rows, err := csv.NewReader(strings.NewReader(a.Body.String())).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if got := strings.Join(rows[1][1:], "|"); got != `brook||group.create|labs/builders|write|192.0.2.1|'=HYPERLINK("http://evil.test")` {
		t.Errorf("newest row: %s", got)
	}
	var lines []map[string]string
	a = b.get("/labs/settings/audit?action=group&format=json").want(t, http.StatusOK)
	if err := json.Unmarshal(a.Body.Bytes(), &lines); err != nil || len(lines) != 3 || lines[0]["client"] != actor.Client || a.Header().Get("Content-Type") != "application/json" {
		t.Errorf("%v, %v", lines, err)
	}
}
