package web_test

import (
	"net/http"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// TestAnnouncement stands on the page of its version and in the list of versions, and
// is text wherever it stands.
func TestAnnouncement(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, version := range []string{"1.0", "2.0"} {
		s.publish(t, "labs", condatest.Spec{Name: "reefscan", Version: version}, model.Public)
	}
	news, notes := "Twice as <fast>.\n\nAnd smaller.", "Built anew."
	if _, err := s.UpdateRelease(t.Context(), s.Actor(t, "brook"), "labs", "reefscan", "1.0", registry.ReleaseChange{Announce: &news, Description: &notes}); err != nil {
		t.Fatal(err)
	}
	b := s.visitor(t)
	b.get("/labs/reefscan?version=1.0").want(t, http.StatusOK).
		shows(t, "labs announces reefscan 1.0", "<p>Twice as &lt;fast&gt;.</p>", "<p>And smaller.</p>", "About version 1.0", "Built anew.").hides(t, "<fast>")
	b.get("/labs/reefscan").want(t, http.StatusOK).shows(t, "Twice as &lt;fast&gt;.").hides(t, "announces", "And smaller.", "About version")
	b.get("/labs/reefscan/versions").want(t, http.StatusOK).shows(t, "Twice as &lt;fast&gt;.").hides(t, "And smaller.")
}

// TestFileDescription is what its uploader said of a single file.
func TestFileDescription(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	fileName, data := condatest.Build(t, condatest.Spec{Name: "reefscan"})
	in := registrytest.Announce(condatest.Spec{Name: "reefscan"}, "labs", fileName, data)
	in.Description = "With <debug> symbols.\n\nTwice as large."
	if _, err := s.Upload(t, s.Actor(t, "brook"), in, data); err != nil {
		t.Fatal(err)
	}
	s.visitor(t).get("/labs/reefscan/files?version=1.0&file=noarch/reefscan-1.0-0.conda").want(t, http.StatusOK).
		shows(t, "<p>With &lt;debug&gt; symbols.</p>", "<p>Twice as large.</p>")
}
