package views

import (
	"strings"
	"testing"
)

func TestListing(t *testing.T) {
	t.Parallel()
	filtered := testListing(testPackage)
	filtered.Chips = []Chip{{Name: "Type", Value: "conda", URL: "/reef-lab/packages"}}
	filtered.Sort.Keep = []Hidden{{"type", "conda"}}
	emptied := testListing()
	emptied.Chips = append(filtered.Chips, Chip{Name: "Access", Value: "Private", URL: "/reef-lab/packages?type=conda"})
	found := testListing(testPackage, testSecret)
	found.ShowOwner = true
	found.Pager = Pager{From: 51, To: 52, Total: 152, PrevURL: "/search?q=reef", NextURL: "/search?page=3&q=reef"}
	teaching := testListing()
	teaching.Empty.Command = []string{"anaconda upload --user reef-lab yourpackage-1.0-0.conda"}
	teaching.Empty.Link = NavItem{Name: "How to upload", URL: "/landscape"}

	for name, l := range map[string]Listing{
		"one": testListing(testPackage), "many": found, "filtered": filtered,
		"empty": testListing(), "empty_for_the_owner": teaching, "emptied_by_filters": emptied,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkGolden(t, "package_list/"+name, ListingPanel(l))
		})
	}
}

func TestListingPartialTellsTheCount(t *testing.T) {
	t.Parallel()
	got := drawn(t, ListingPartial(testListing(testPackage, testSecret)))
	if !strings.HasPrefix(got, `<div class="cols cols--left" id="listing">`) || !strings.HasSuffix(got, `hx-swap-oob="true">2 packages</div>`) {
		t.Errorf("the partial is not the list with its announcement:\n%s", got)
	}
}

func TestListingEscapesWhatUploadersWrite(t *testing.T) {
	t.Parallel()
	if got := drawn(t, ListingPanel(testListing(testHostile))); strings.Contains(got, "<script") {
		t.Errorf("a field got out of its place:\n%s", got)
	}
}
