package web_test

import (
	"net/http"
	"regexp"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// TestDashboardOfAMember is told of the group, and of what it brings.
func TestDashboardOfAMember(t *testing.T) {
	t.Parallel()
	s, ctx := newSite(t), t.Context()
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)
	b := s.as(t, "casey")
	b.get("/landscape").want(t, http.StatusOK).shows(t, "Publish your first package").hides(t, "Activity", "reefscan", "hushhush")

	brook := s.Actor(t, "brook")
	if _, err := s.CreateGroup(ctx, brook, "labs", registry.NewGroup{Name: "crew", Permission: model.Read}); err != nil {
		t.Fatal(err)
	}
	if err := s.AddGroupMember(ctx, brook, "labs", "crew", "casey"); err != nil {
		t.Fatal(err)
	}
	page := b.get("/landscape").want(t, http.StatusOK).
		shows(t, "added you to the group <strong>crew</strong> of", "Activity", "reefscan 1.0").hides(t, "hushhush")
	groupID := regexp.MustCompile(`name="group" value="(\d+)"`).FindStringSubmatch(page.Body.String())[1]
	b.post("/landscape", fields("group", "nonsense")).want(t, http.StatusUnprocessableEntity)
	b.HTMX = true
	b.post("/landscape", fields("group", groupID)).want(t, http.StatusOK).shows(t, `id="news"`, "Dismissed").hides(t, "crew", "<html")
	b.HTMX = false
	b.get("/landscape").hides(t, "added you to")
	b.post("/landscape", fields("group", groupID)).leadsTo(t, "/landscape")
}

func TestDashboardShowsPythonPackagesAndFavorites(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publishPython(t, pypitest.Spec{Name: "kelpgraph", Version: "0.9.3"})
	s.Publish(t, s.Actor(t, "casey"), "casey", condatest.Spec{Name: "reefscan", Version: "2.4.1"})
	b := s.as(t, "brook")
	b.post("/account/acting", fields("account", "labs")).want(t, http.StatusSeeOther)
	b.post("/casey/reefscan/star", fields("do", "star")).want(t, http.StatusSeeOther)
	b.get("/landscape").want(t, http.StatusOK).shows(t, "kelpgraph", "0.9.3", `aria-label="All 1 favorites"`, `<span class="end">2.4.1</span>`)
}
