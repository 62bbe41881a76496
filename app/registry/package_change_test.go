package registry_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

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

// TestLongLines: lists of packages show summaries and licences, so these are bounded
// more tightly than what only the package's own page shows. What a file says at length
// is cut, and no reason to refuse it.
func TestLongLines(t *testing.T) {
	t.Parallel()
	const ok, most = model.Internal, 4 << 10
	s, ctx := registrytest.New(t), t.Context()
	brook := s.Actor(t, "brook")
	s.Publish(t, brook, "brook", condatest.Spec{Name: "tiny", Summary: strings.Repeat("é", most+1)})
	d, err := s.Package(ctx, brook, "brook", "tiny")
	if n := utf8.RuneCountInString(d.Summary); err != nil || n != most+1 || !strings.HasSuffix(d.Summary, "é…") {
		t.Errorf("the summary has %d characters, %v", n, err)
	}
	for n, want := range map[int]model.Code{most: ok, most + 1: model.Invalid} {
		long, link := strings.Repeat("x", n), "https://example.test/"
		link += strings.Repeat("x", n-len(link))
		for what, change := range map[string]registry.PackageChange{"summary": {Summary: &long}, "license": {License: &long}, "family": {LicenseFamily: &long}, "home": {Home: &link}} {
			change.ByHand = true
			_, err := s.UpdatePackage(ctx, brook, "brook", "tiny", change)
			check(t, fmt.Sprintf("%s of %d by hand", what, n), err, want)
		}
		_, err := s.UpdatePackage(ctx, brook, "brook", "tiny", registry.PackageChange{Description: &long, ByHand: true})
		check(t, "a description", err, ok)
	}
}
