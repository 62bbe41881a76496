package registry_test

import (
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// TestLinksOfAPackage sets addresses that no page would show as links: refused to
// who writes them, every one by its name, and passed over in what an uploader found.
func TestLinksOfAPackage(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	s.Publish(t, brook, "labs", condatest.Spec{Name: "one"})
	good, bad, worse, summary := "https://reef.example", "www.reef.example", "javascript:alert(1)", "Counts corals"
	_, err := s.UpdatePackage(t.Context(), brook, "labs", "one", registry.PackageChange{ByHand: true, Home: &bad, DocURL: &worse, SourceURL: &good, Summary: &summary})
	check(t, "by hand", err, model.Invalid)
	fields := model.FieldsOf(err)
	if len(fields) != 2 || !strings.Contains(fields["home"], `not "www.reef.example"`) || fields["doc_url"] == "" {
		t.Errorf("refused %v", fields)
	}
	if d, err := s.Package(t.Context(), brook, "labs", "one"); err != nil || d.SourceURL == good || d.Summary == summary {
		t.Errorf("a refusal changed %+v, %v", d.Package, err)
	}
	d, err := s.UpdatePackage(t.Context(), brook, "labs", "one", registry.PackageChange{Home: &bad, DevURL: &worse, SourceURL: &good, Summary: &summary})
	if err != nil || d.Home != "" || d.DevURL != "" || d.SourceURL != good || d.Summary != summary {
		t.Errorf("found in a file: %+v, %v", d.Package, err)
	}
	empty := ""
	if d, err = s.UpdatePackage(t.Context(), brook, "labs", "one", registry.PackageChange{ByHand: true, SourceURL: &empty}); err != nil || d.SourceURL != "" {
		t.Errorf("taken away: %+v, %v", d.Package, err)
	}
}
