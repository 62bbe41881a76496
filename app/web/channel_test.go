package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/cran/crantest"
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

// TestPackagesAreWhatInstallersFind: View All lists notebooks and environments too.
func TestPackagesAreWhatInstallersFind(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	name, data := crantest.Build(t, crantest.Spec{Name: "mapper", Version: "1.0"})
	_, err := s.Upload(t, s.Actor(t, "brook"), registry.StageRequest{Owner: "labs", Package: "mapper", Version: "1.0", Basename: name, Type: model.RPackage}, data)
	if err != nil {
		t.Fatal(err)
	}
	brook := s.as(t, "brook")
	brook.sendFile("/labs/notebooks", "field.ipynb", fieldNotebook, nil).want(t, http.StatusSeeOther)
	brook.sendFile("/labs/environments", "reefenv.yml", "name: reefenv\ndependencies: [python]\n", nil).want(t, http.StatusSeeOther)

	b := s.visitor(t)
	b.get("/labs").shows(t, "<strong>4</strong> items", "reefscan", "mapper", `href="/labs/field"`, `href="/labs/reefenv"`, `href="/labs?type=r"`, `href="/labs?type=ipynb"`)
	b.get("/labs/packages").shows(t, "<strong>2</strong> packages", "reefscan", "mapper", `href="/labs/packages?type=r"`).
		hides(t, `href="/labs/field"`, `href="/labs/reefenv"`, `href="/labs/packages?type=ipynb"`)
	b.get("/labs/packages?type=r").shows(t, "<strong>1</strong> package<", "mapper").hides(t, `href="/labs/reefscan"`)
	b.get("/labs/packages?type=ipynb").shows(t, "<strong>0</strong> packages").hides(t, `href="/labs/field"`)
	brook.get("/labs/packages").shows(t, `data-label="Downloads"`, "<strong>2</strong> packages")
}

// TestSetUpAClient shows the place of a token, and no token.
func TestSetUpAClient(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	b := s.visitor(t)
	b.get("/labs").shows(t, `href="/labs?setup="`, `href="/conda/labs/rss.xml"`)
	b.get("/labs?setup=").want(t, http.StatusOK).
		shows(t, "<title>Set up a client for labs · Vivarium</title>", "http://vivarium.test/t/&lt;TOKEN&gt;/conda/labs", "http://vivarium.test/t/&lt;TOKEN&gt;/pypi/labs/simple/",
			"conda config --add channels http://vivarium.test/conda/labs</span>", "For what is public:", `href="/signin"`)
	b.get("/nobody?setup=").want(t, http.StatusNotFound)
	brook := s.as(t, "brook")
	brook.get("/labs?setup=uv").shows(t, `value="uv" checked`, `href="/brook/settings/access"`)
	closed := true
	if _, err := s.UpdateChannel(t.Context(), s.Actor(t, "brook"), "labs", registry.ChannelChange{Closed: &closed}); err != nil {
		t.Fatal(err)
	}
	brook.get("/labs?setup=").shows(t, "This channel is closed", "~/.netrc").hides(t, "For what is public:", "conda config --add channels http://vivarium.test/conda/labs")
	brook.get("/labs").hides(t, "rss.xml")
}
