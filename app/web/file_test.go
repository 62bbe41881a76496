package web_test

import (
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

func TestFilesPage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, version := range []string{"1.0", "2.0"} {
		for _, subdir := range []string{"linux-64", "noarch"} {
			s.publish(t, "labs", condatest.Spec{Name: "reefscan", Version: version, Subdir: subdir, Depends: []string{"libcoral >=1"}}, model.Public, "main", "v"+version[:1])
		}
	}
	b := s.visitor(t)
	b.get("/labs/reefscan/files").want(t, http.StatusOK).
		shows(t, "<title>Files of reefscan, labs · Vivarium</title>", "4 files", `href="/conda/labs/linux-64/reefscan-2.0-0.conda"`, "reefscan-1.0-0.conda")
	b.get("/labs/reefscan/files?version=1.0&platform=noarch&label=v1").
		shows(t, "1 file", "/conda/labs/noarch/reefscan-1.0-0.conda").hides(t, "reefscan-2.0-0.conda", "/conda/labs/linux-64/")
	b.get("/labs/reefscan/files?version=1.0&label=v2").shows(t, "No file matches", "Show all files")
	b.HTMX = true
	b.get("/labs/reefscan/files?platform=noarch").shows(t, "2 files", `id="announce"`).hides(t, "<html")
}

func TestFilePage(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.publish(t, "labs", condatest.Spec{Name: "reefscan", Depends: []string{"libcoral >=1"}}, model.Public)
	s.publish(t, "labs", condatest.Spec{Name: "hushhush"}, model.Private)
	b := s.visitor(t)
	b.get("/labs/reefscan/files?version=1.0&file=noarch/reefscan-1.0-0.conda").want(t, http.StatusOK).
		shows(t, "Download, ", "conda install http://vivarium.test/conda/labs/noarch/reefscan-1.0-0.conda", "build=0", "libcoral &gt;=1", "Copy SHA-256", "&#34;subdir&#34;: &#34;noarch&#34;")
	b.get("/labs/reefscan/files?file=noarch/other.conda").want(t, http.StatusNotFound)
	b.get("/labs/reefscan/files?version=3&file=noarch/reefscan-1.0-0.conda").want(t, http.StatusNotFound)
	s.as(t, "brook").get("/labs/hushhush/files?file=noarch/hushhush-1.0-0.conda").want(t, http.StatusOK).
		shows(t, "with an access token", "http://vivarium.test/t/&lt;TOKEN&gt;/conda/labs/noarch/hushhush-1.0-0.conda").hides(t, "Download, ")
}
