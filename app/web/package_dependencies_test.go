package web_test

import (
	"fmt"
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

func TestDependenciesPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "tide", Version: "3.1"}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)
	s.publish(t, "labs", condatest.Spec{Name: "reef", Version: "1.0", Depends: []string{"old"}}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "reef", Version: "2.0", Subdir: "linux-64", Depends: []string{"tide >=3,<4", "__glibc >=2.17", "hushhush"}}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "reef", Version: "2.0", Subdir: "win-64", Depends: []string{"hushhush 1.*"}}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "secret-reef", Depends: []string{"tide"}}, model.Private)

	b := s.visitor(t)
	b.get("/labs/reef").shows(t, `href="/labs/reef/dependencies"`, `href="/labs/reef/dependencies#dependents"`, `href="/labs/reef/labels"`)
	b.get("/labs/reef/dependencies").want(t, http.StatusOK).
		shows(t, "<title>Dependencies of reef, labs · Vivarium</title>", "reef 2.0 needs", "conda files", `<a class="name" href="/labs/tide">tide</a>`, "&gt;=3,&lt;4", "3.1", "linux-64",
			"part of the system", "hushhush", "not in this channel", "Nothing here needs reef", `aria-current="page">Dependencies`).
		hides(t, `href="/labs/hushhush"`)
	b.get("/labs/reef/dependencies?version=1.0").want(t, http.StatusOK).shows(t, "reef 1.0 needs", "old").hides(t, "hushhush")
	b.get("/labs/reef/dependencies?version=9").want(t, http.StatusNotFound)
	b.get("/labs/tide/dependencies").want(t, http.StatusOK).
		shows(t, "tide 3.1 needs nothing", "1 package of labs that you can see", `href="/labs/reef">reef</a>`).hides(t, "secret-reef")

	owner := s.as(t, "brook")
	owner.get("/labs/reef/dependencies").shows(t, `href="/labs/hushhush"`)
	owner.get("/labs/tide/dependencies").shows(t, "2 packages of labs", "secret-reef")
	owner.get("/labs/packages/tide/dependencies").want(t, http.StatusOK)
}

// TestDependentsArePaged turns to the second page, as a whole page and as a part.
func TestDependentsArePaged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	brook := s.Actor(t, "brook")
	s.Publish(t, brook, "labs", condatest.Spec{Name: "tide"})
	for i := range 51 {
		s.Publish(t, brook, "labs", condatest.Spec{Name: fmt.Sprintf("reef-%02d", i), Depends: []string{"tide"}})
	}
	b := s.visitor(t)
	b.get("/labs/tide/dependencies").shows(t, "51 packages of labs", "reef-49", "1–50 of 51", `href="/labs/tide/dependencies?page=2"`).hides(t, "reef-50")
	b.get("/labs/tide/dependencies?page=2").shows(t, "<html", "reef-50", "51–51 of 51").hides(t, "reef-49")
	b.HTMX = true
	b.get("/labs/tide/dependencies?page=2").shows(t, "reef-50", "51 packages of labs that you can see").hides(t, "<html")
}

func TestPackageLabelsPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reef", Version: "1.0"}, model.Public, "dev", "main")
	s.publish(t, "labs", condatest.Spec{Name: "reef", Version: "2.0"}, model.Public, "dev")
	s.publish(t, "labs", condatest.Spec{Name: "other"}, model.Public, "elsewhere")
	b := s.visitor(t)
	b.get("/labs/reef/labels").want(t, http.StatusOK).
		shows(t, "<title>Labels of reef, labs · Vivarium</title>", `href="/labs/reef?version=2.0"`, `href="/labs/reef?version=1.0"`, `href="/labs/reef/files?label=dev"`,
			"http://vivarium.test/conda/labs</span>", "http://vivarium.test/conda/labs/label/dev", "Copy address of reef on dev", `aria-current="page">Labels <span class="n">2</span>`).
		hides(t, "elsewhere", "tick them under", "no label")
	owner := s.as(t, "brook")
	owner.get("/labs/reef/labels").shows(t, "tick them under")
	owner.post("/labs/reef/files", fields("do", "take-off", "file", "1.0/noarch/reef-1.0-0.conda", "label", "dev", "label", "main")).leadsTo(t, "/labs/reef/files")
	b.get("/labs/reef/labels").shows(t, "1 file carries no label", `href="/labs/reef/files?label=nolabel"`, "label/dev").hides(t, `href="/labs/labels?label=main"`)
	b.get("/labs/reef/files?label=nolabel").want(t, http.StatusOK).shows(t, "reef-1.0-0.conda", `<option value="nolabel" selected>No label</option>`).hides(t, "reef-2.0-0.conda")
	b.get("/labs/other/files").hides(t, "No label")
}
