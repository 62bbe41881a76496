package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

func TestChannelPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan", Version: "2.4.1", Subdir: "linux-64", Summary: "Counts corals"}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "members-only"}, model.Authenticated)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)
	brook := s.as(t, "brook")

	s.visitor(t).get("/labs").want(t, http.StatusOK).
		shows(t, "conda config --add channels http://vivarium.test/conda/labs", "reefscan", "2.4.1", "Counts corals", "linux-64", "<strong>1</strong> item").
		hides(t, "members-only", "hushhush", "Access tokens", `access=private`)
	s.as(t, "casey").get("/labs").want(t, http.StatusOK).shows(t, "reefscan", "members-only", "<strong>2</strong> items").hides(t, "hushhush")
	brook.get("/LABS").want(t, http.StatusOK).shows(t, "hushhush", "Private", "Access tokens", "<strong>3</strong> items")
	s.visitor(t).get("/nobody").want(t, http.StatusNotFound)

	brook.get("/labs/packages?type=conda&access=private").want(t, http.StatusOK).
		shows(t, "<title>Packages of labs · Vivarium</title>", "hushhush", "Remove filter access Private").hides(t, "reefscan")
	brook.get("/labs?platform=win-64&access=private").shows(t, "There are no items with access Private and platform win-64.", "Clear filters")
	brook.get("/labs?q=reef").want(t, http.StatusOK).shows(t, "reefscan", `aria-label="Find in labs"`, `value="reef"`, "<strong>1</strong> item").hides(t, "hushhush")
	brook.get("/labs/packages?q=nothing").shows(t, "There are no packages with “nothing” in the name or summary.", `<a class="btn" href="/labs/packages">Clear filters`)
	brook.get("/labs/notebooks").want(t, http.StatusOK).shows(t, "No notebooks yet")
	brook.get("/labs/environments").want(t, http.StatusOK).shows(t, "No environments yet")
}

func TestChannelListAnswersHTMXWithTheListAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	b := s.visitor(t)
	b.HTMX = true
	for _, path := range []string{"/labs", "/labs/packages", "/search"} {
		got := b.get(path+"?sort=name").want(t, http.StatusOK).hides(t, "<html", "topbar").Body.String()
		if !strings.HasPrefix(got, "<div") || !strings.Contains(got, `id="listing"`) || !strings.Contains(got, `id="announce"`) {
			t.Errorf("%s: not the list with its announcement:\n%s", path, got)
		}
	}
}

func TestEmptyChannel(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.as(t, "casey").get("/casey").want(t, http.StatusOK).shows(t, "anaconda upload --user casey", "How to upload")
	s.as(t, "brook").get("/casey/packages").want(t, http.StatusOK).shows(t, "casey shares no packages that you may see.").hides(t, "anaconda upload")
	s.visitor(t).get("/casey/notebooks").want(t, http.StatusOK).shows(t, "casey shares no notebooks that you may see.", `href="/signin?next=%2Fcasey%2Fnotebooks"`)
}

func TestLongChannelIsPaged(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for i := range 52 {
		s.publish(t, "brook", condatest.Spec{Name: fmt.Sprintf("bulk%02d", i)}, model.Public)
	}
	b := s.visitor(t)
	b.get("/brook?sort=name").shows(t, "bulk00", "bulk49", "1–50 of 52", `href="/brook?page=2&amp;sort=name"`).hides(t, "bulk50")
	b.get("/brook?sort=name&page=2").shows(t, "bulk50", "bulk51", "51–52 of 52").hides(t, "bulk49")
}

func TestChannelsOfAClosedSite(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.Anonymous = false })
	s.visitor(t).get("/labs/packages").leadsTo(t, "/signin?next=%2Flabs%2Fpackages")
	s.visitor(t).get("/nobody").leadsTo(t, "/signin?next=%2Fnobody")
	s.as(t, "casey").get("/labs").want(t, http.StatusOK).shows(t, "http://vivarium.test/t/&lt;TOKEN&gt;/conda/labs", `href="/casey/settings/access"`)
}
