package web_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
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
		shows(t, "<title>Audit log of labs · Vivarium</title>", "organization.create", "group.create", "labs/readers", "brook", "192.0.2.1", "Filter the audit log").hides(t, "in labs", "Older")
	b.get("/labs/settings/audit?action=group").shows(t, "group.add-member", `value="group" selected`, "action=group&amp;format=csv").hides(t, "organization.create")
	b.get("/labs/settings/audit?who=brook").shows(t, "group.create", `value="brook"`).hides(t, "organization.create")
	b.get("/labs/settings/audit?on=readers").shows(t, "group.create").hides(t, "package.create", "organization.create")
	b.get("/labs/settings/audit?since=2999-01-01").shows(t, "No line matches", "Clear filters", "0 lines")
	b.get("/labs/settings/audit?until=1999-01-01").shows(t, "No line matches", `value="1999-01-01"`)
	today := s.Clock.Now().UTC().Format("2006-01-02")
	b.get("/labs/settings/audit?since="+today+"&until="+today).shows(t, "group.create")
	for _, query := range []string{"since=yesterday", "until=2026-13-01", "since=x&format=csv"} {
		b.get("/labs/settings/audit?"+query).want(t, http.StatusUnprocessableEntity).shows(t, "Give a day such as", `aria-invalid="true"`)
	}
	b.get("/labs/settings/audit?action=%25").shows(t, "organization.create")
	b.HTMX = true
	b.get("/labs/settings/audit?action=group").want(t, http.StatusOK).shows(t, `id="results"`, `id="announce"`).hides(t, "<html", "Filter the audit log")
	s.as(t, "casey").get("/labs/settings/audit?format=csv").want(t, http.StatusForbidden).hides(t, "readers")
}

// TestAuditPages turns the leaves of a log that is longer than a page.
func TestAuditPages(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for i := range 104 {
		profile := registry.OrganizationProfile{Profile: registry.Profile{Name: fmt.Sprint("name ", i)}}
		if err := s.UpdateOrganization(t.Context(), s.Actor(t, "brook"), "labs", profile); err != nil {
			t.Fatal(err)
		}
	}
	b := s.as(t, "brook")
	const page = "/labs/settings/audit?action=organization"
	b.get(page).shows(t, "105 lines", "1–100 of 105", `href="/labs/settings/audit?action=organization&amp;offset=100"`).hides(t, "Newer", "organization.create")
	b.get(page+"&offset=100").shows(t, "101–105 of 105", "Newer", "organization.create").hides(t, "Older")
	b.get(page+"&offset=1000").want(t, http.StatusOK).shows(t, "101–105 of 105")
	b.get(page+"&offset=-3").shows(t, "1–100 of 105")
}

// TestOwnAudit is everything that a person owns, and nothing else, whoever the
// person is.
func TestOwnAudit(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	s.visitor(t).get("/account/audit").leadsTo(t, "/signin?next=%2Faccount%2Faudit")
	s.as(t, "brook").get("/account/audit").want(t, http.StatusOK).shows(t, "group.create", "labs/readers", "user.create", `aria-current="page"`).hides(t, "<strong>casey<", "<strong>ada<")
	s.as(t, "casey").get("/account/audit").shows(t, "<strong>casey<").hides(t, "labs", "hushhush")
	s.as(t, "ada").get("/account/audit").shows(t, "<strong>ada<").hides(t, "labs", "hushhush")
	acting := s.as(t, "brook")
	acting.post("/account/acting", form("account", "labs")).leadsTo(t, "/landscape")
	acting.get("/account/audit").shows(t, "<strong>labs<", "<strong>brook<")
}

// TestSiteAudit is for administrators alone.
func TestSiteAudit(t *testing.T) {
	t.Parallel()
	s := groupSite(t)
	s.visitor(t).get("/admin/audit").leadsTo(t, "/signin?next=%2Fadmin%2Faudit")
	for _, login := range []string{"brook", "casey"} {
		s.as(t, login).get("/admin/audit").want(t, http.StatusForbidden).hides(t, "group.create")
		s.as(t, login).get("/admin/audit?format=json").want(t, http.StatusForbidden).hides(t, "group.create")
		s.as(t, login).get("/landscape").hides(t, "/admin/audit")
	}
	ada := s.as(t, "ada")
	ada.get("/landscape").shows(t, `href="/admin/audit"`)
	ada.get("/admin/audit").want(t, http.StatusOK).shows(t, "<title>Audit log · Administration · Vivarium</title>", "group.create", "<strong>labs<", "<strong>casey<", `aria-label="Administration"`)
	ada.get("/admin/audit?on=labs&who=operator").shows(t, "organization.create").hides(t, "<strong>casey<", "group.create")
	if err := s.DeleteOrganization(t.Context(), s.Actor(t, "brook"), "labs"); err != nil {
		t.Fatal(err)
	}
	ada.get("/admin/audit?on=labs").shows(t, "organization.delete", "group.create")
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
	if got := strings.Join(rows[1][1:], "|"); got != `labs|brook||group.create|labs/builders|write|192.0.2.1|'=HYPERLINK("http://evil.test")` {
		t.Errorf("newest row: %s", got)
	}
	var lines []map[string]string
	a = b.get("/labs/settings/audit?action=group&format=json").want(t, http.StatusOK)
	if err := json.Unmarshal(a.Body.Bytes(), &lines); err != nil || len(lines) != 3 || lines[0]["client"] != actor.Client || a.Header().Get("Content-Type") != "application/json" {
		t.Errorf("%v, %v", lines, err)
	}
	if got := strings.TrimSpace(b.get("/labs/settings/audit?on=nothing&format=json").Body.String()); got != "[]" {
		t.Errorf("of nothing: %q", got)
	}
	s.as(t, "ada").get("/admin/audit?format=csv").want(t, http.StatusOK).shows(t, "organization.create", "user.create")
}

// TestAuditDownloadIsWhole takes away more lines than are read at once.
func TestAuditDownloadIsWhole(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	lines := make([]model.AuditLine, 2*registry.MaxAuditLines+5)
	for i := range lines {
		lines[i] = model.AuditLine{At: s.Clock.Now(), Account: "labs", Actor: "brook", Action: "file.labels", Subject: fmt.Sprint(i)}
	}
	if err := s.Store.InsertAudits(t.Context(), lines); err != nil {
		t.Fatal(err)
	}
	var got []map[string]string
	body := s.as(t, "brook").get("/labs/settings/audit?action=file&format=json").Body.Bytes()
	if err := json.Unmarshal(body, &got); err != nil || len(got) != len(lines) || got[0]["subject"] != fmt.Sprint(len(lines)-1) || got[len(got)-1]["subject"] != "0" {
		t.Errorf("%d lines of %d, %v", len(got), len(lines), err)
	}
}
