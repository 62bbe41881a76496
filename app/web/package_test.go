package web_test

import (
	"net/http"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

func TestPackagePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan", Version: "2.3.0", Subdir: "linux-64"}, model.Public, "main")
	s.publish(t, "labs", condatest.Spec{Name: "reefscan", Version: "2.4.1", Build: "py313_0", Subdir: "linux-64", Summary: "Counts corals", License: "MIT"}, model.Public, "main")
	s.publish(t, "labs", condatest.Spec{Name: "reefscan", Version: "2.5.0rc1"}, model.Public, "dev")
	b := s.visitor(t)

	b.get("/labs/reefscan").want(t, http.StatusOK).
		shows(t, "<title>reefscan 2.4.1, labs · Vivarium</title>", "Counts corals", "MIT", "Latest", "Needs no token",
			"conda install -c http://vivarium.test/conda/labs reefscan</span>", "mamba install -c", "pixi add reefscan",
			"Copy conda command", "Python 3.13", "Pre-release", "2.3.0").
		hides(t, "Settings")
	b.get("/labs/packages/reefscan?version=2.3.0").want(t, http.StatusOK).shows(t, "reefscan=2.3.0", "Latest: 2.4.1")
	b.get("/labs/reefscan?version=2.5.0rc1").want(t, http.StatusOK).shows(t, "http://vivarium.test/conda/labs/label/dev reefscan=2.5.0rc1")
	b.get("/labs/reefscan?version=9").want(t, http.StatusNotFound)
	b.get("/labs/reefscan/versions").want(t, http.StatusOK).
		shows(t, "<title>Versions of reefscan, labs · Vivarium</title>", "<strong>3</strong> versions", `href="/labs/reefscan/files?version=2.3.0"`)
}

func TestPrivatePackagePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)
	s.as(t, "brook").get("/labs/hushhush").want(t, http.StatusOK).
		shows(t, "conda install -c http://vivarium.test/t/&lt;TOKEN&gt;/conda/labs hushhush", "Private", `href="/brook/settings/access"`, "Settings")
}

// TestHiddenPackagesLookAbsent compares whole answers (T12).
func TestHiddenPackagesLookAbsent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)
	for who, b := range map[string]*browser{"anonymous": s.visitor(t), "casey": s.as(t, "casey")} {
		for _, page := range []string{"", "/files", "/versions", "/dependencies", "/labels", "?version=1.0", "/files?version=1.0&file=noarch/x-1.0-0.conda"} {
			hidden := b.get("/labs/hushhush"+page).want(t, http.StatusNotFound)
			absent := b.get("/labs/notthere"+page).want(t, http.StatusNotFound)
			if got, want := strings.ReplaceAll(hidden.Body.String(), "hushhush", "notthere"), absent.Body.String(); got != want {
				t.Errorf("%s sees that %s is there: %s, not %s", who, hidden.request, got, want)
			}
		}
	}
}

// TestHiddenNamesShowNowhere asks every page of this half of the site (T13).
func TestHiddenNamesShowNowhere(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush", Summary: "hushsummary"}, model.Private, "hushlabel")
	s.publish(t, "labs", condatest.Spec{Name: "reefscan"}, model.Public)
	for _, b := range []*browser{s.visitor(t), s.as(t, "casey")} {
		for _, path := range []string{
			"/labs", "/labs/packages", "/labs/notebooks", "/labs/environments", "/labs/labels", "/labs/labels?label=hushlabel", "/labs?access=private",
			"/search", "/search?q=hush", "/favorites", "/groups", "/organizations", "/labs/reefscan", "/labs/reefscan/files", "/labs/reefscan/versions", "/labs/reefscan/dependencies", "/labs/reefscan/labels", "/labs?setup=",
		} {
			answer := b.get(path)
			body := answer.Body.String()
			for _, typed := range []string{path, strings.ReplaceAll(path, "&", "&amp;"), `value="hush"`, "“hush”", "Search: hush"} {
				body = strings.ReplaceAll(body, typed, "")
			}
			if strings.Contains(body, "hush") {
				t.Errorf("%s (%d) tells of a hidden package:\n%s", answer.request, answer.Code, body)
			}
		}
	}
}

func TestPackageCalledLikeAPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "labels"}, model.Public)
	b := s.visitor(t)
	b.get("/labs/packages/labels").want(t, http.StatusOK).shows(t, "<title>labels 1.0, labs · Vivarium</title>", `href="/labs/packages/labels/files"`)
	b.get("/labs/labels").want(t, http.StatusOK).shows(t, "<title>Labels of labs · Vivarium</title>")
	b.get("/labs/packages").shows(t, `href="/labs/packages/labels"`)
}

func TestPackageMetadataStaysInItsPlace(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	canary := `"><script>alert('c&nary')</script>`
	s.publish(t, "labs", condatest.Spec{Name: "x", Summary: canary, License: canary, About: map[string]any{
		"home": "javascript:alert(1)", "dev_url": canary, "doc_url": "data:text/html," + canary, "description": canary,
	}}, model.Public)
	text := canary
	if _, err := s.UpdatePackage(t.Context(), s.Actor(t, "brook"), "labs", "x", registry.PackageChange{Description: &text, LicenseURL: &text}); err != nil {
		t.Fatal(err)
	}
	b := s.visitor(t)
	for _, path := range []string{"/labs", "/labs/x", "/labs/x/files", "/labs/x/files?version=1.0&file=noarch/x-1.0-0.conda", "/search?q=" + "alert"} {
		b.get(path).want(t, http.StatusOK).hides(t, "<script>", `href="javascript:`, `href="data:text`)
	}
}

func TestPackageWithoutReleases(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if _, err := s.CreatePackage(t.Context(), s.Actor(t, "brook"), "labs", "empty", registry.PackageChange{}); err != nil {
		t.Fatal(err)
	}
	b := s.as(t, "brook")
	b.get("/labs/empty").want(t, http.StatusOK).shows(t, "<title>empty, labs · Vivarium</title>", "No version yet")
	b.get("/labs/empty/versions").want(t, http.StatusOK).shows(t, "No version yet")
	b.get("/labs/empty/files").want(t, http.StatusOK).shows(t, "No files yet")
	b.get("/labs/packages").shows(t, `href="/labs/empty"`)
	s.visitor(t).get("/labs/packages").hides(t, `href="/labs/empty"`)
	s.visitor(t).get("/search").hides(t, `href="/labs/empty"`)
}
