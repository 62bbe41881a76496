package web_test

import (
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

// TestStarButton presses it without scripts, and comes back to where it stood.
func TestStarButton(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan", Summary: "Counts corals"}, model.Public)
	b := s.as(t, "casey")
	b.get("/favorites").want(t, http.StatusOK).shows(t, "No favorites yet", "Browse packages")
	b.get("/labs/reefscan").shows(t, `aria-pressed="false"`, `value="star"`, "0<span")
	b.post("/labs/reefscan/star", fields("do", "star", "next", "/labs/reefscan/versions")).leadsTo(t, "/labs/reefscan/versions")
	b.get("/labs/reefscan").shows(t, `aria-pressed="true"`, `value="unstar"`, "1<span")
	b.get("/favorites").shows(t, "Counts corals", `href="/labs/reefscan"`, "<strong>1</strong> favorite")
	b.get("/favorites?kind=packages").shows(t, "reefscan")
	b.get("/favorites?kind=notebooks").shows(t, "No notebooks yet").hides(t, "Counts corals")
	b.post("/labs/reefscan/star", fields("do", "unstar", "next", "//evil.example")).leadsTo(t, "/labs/reefscan")
	b.get("/favorites").shows(t, "No favorites yet")
}

func TestStarButtonInPlace(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	b := s.as(t, "casey")
	b.HTMX = true
	b.post("/labs/reefscan/star", fields("do", "star")).want(t, http.StatusOK).shows(t, `aria-pressed="true"`, "Starred, 1 star").hides(t, "<html")
	b.post("/labs/reefscan/star", fields("do", "unstar", "list", "1")).shows(t, "No longer starred, 0 stars", `class="btn btn--sm"`)
	b.get("/favorites?sort=name").want(t, http.StatusOK).hides(t, "<html").shows(t, `id="announce"`)
}

func TestStarOfAVisitor(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)
	if to := s.visitor(t).post("/labs/reefscan/star", nil).want(t, http.StatusSeeOther).Header().Get("Location"); to != "/signin?next=%2Flandscape" {
		t.Errorf("a visitor is led to %s", to)
	}
	s.as(t, "casey").post("/labs/hushhush/star", fields("do", "star")).want(t, http.StatusNotFound)
	s.visitor(t).get("/favorites").leadsTo(t, "/signin?next=%2Ffavorites")
}

func TestStargazersPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	brook, casey := s.as(t, "brook"), s.as(t, "casey")
	brook.get("/labs/reefscan/stars").want(t, http.StatusOK).shows(t, "No stars yet")
	casey.post("/labs/reefscan/star", fields("do", "star")).want(t, http.StatusSeeOther)
	brook.get("/labs/reefscan/stars").shows(t, "Starred by 1 person", `href="/casey"`)
	brook.get("/labs/reefscan").shows(t, `href="/labs/reefscan/stars"`)
	casey.get("/labs/reefscan").hides(t, "/labs/reefscan/stars")
	casey.get("/labs/reefscan/stars").want(t, http.StatusForbidden).hides(t, "Starred by")
}
