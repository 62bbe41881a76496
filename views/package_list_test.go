package views

import (
	"slices"
	"strings"
	"testing"

	"vivarium/app/model"
)

func TestListing(t *testing.T) {
	t.Parallel()
	filtered := testListing(testPackage)
	filtered.Chips = []Chip{{Name: "Type", Value: "conda", URL: "/reef-lab/packages"}}
	filtered.Sort.Keep = []Hidden{{"type", "conda"}}
	emptied := testListing()
	emptied.Chips = append(filtered.Chips, Chip{Name: "Access", Value: "Private", URL: "/reef-lab/packages?type=conda"})
	unfound := testListing()
	unfound.Find = Find{Label: "Find in reef-lab", Action: "/reef-lab/packages", Words: "<x>", Keep: []Hidden{{"type", "conda"}}}
	found := testListing(testPackage, testSecret)
	found.ShowOwner = true
	found.Pager = Pager{From: 51, To: 52, Total: 152, PrevURL: "/search?q=reef", NextURL: "/search?page=3&q=reef"}
	teaching := testListing()
	teaching.Empty.Command = []string{"anaconda upload --user reef-lab yourpackage-1.0-0.conda"}
	teaching.Empty.Link = NavItem{Name: "How to upload", URL: "/landscape"}

	for name, l := range map[string]Listing{
		"one": testListing(testPackage), "many": found, "filtered": filtered,
		"empty": testListing(), "empty_for_the_owner": teaching, "emptied_by_filters": emptied, "emptied_by_words": unfound,
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
	if !strings.HasPrefix(got, `<div class="cols cols--left" id="listing">`) || !strings.HasSuffix(got, `hx-swap-oob="innerHTML">2 packages</div>`) {
		t.Errorf("the partial is not the list with its announcement:\n%s", got)
	}
}

func TestListingEscapesWhatUploadersWrite(t *testing.T) {
	t.Parallel()
	if got := drawn(t, ListingPanel(testListing(testHostile))); strings.Contains(got, "<script") {
		t.Errorf("a field got out of its place:\n%s", got)
	}
}

func TestTurnedPageTakesTheFocus(t *testing.T) {
	t.Parallel()
	l, files := testListing(testPackage), testFiles(testFile)
	for turned, want := range map[bool]int{true: 2, false: 0} {
		l.Pager.Turned, files.Pager.Turned = turned, turned
		if got := strings.Count(drawn(t, ListingPanel(l))+drawn(t, FilesPanel(files)), " data-focus"); got != want {
			t.Errorf("turned %t: %d elements take the focus, want %d", turned, got, want)
		}
	}
}

func TestPlaceOfAPackage(t *testing.T) {
	t.Parallel()
	everywhere, here := Listing{ShowOwner: true}, Listing{}
	for _, test := range []struct {
		list      Listing
		platforms []string
		want      string
	}{
		{here, []string{"noarch", "win-64"}, "noarch, win-64"},
		{everywhere, []string{"noarch"}, "labs · noarch"},
		{everywhere, nil, "labs"},
		{here, nil, ""},
	} {
		if got := test.list.place(model.Package{Owner: "labs", Platforms: test.platforms}); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestMainComesFirst(t *testing.T) {
	t.Parallel()
	given := []string{"dev", "main", "staging"}
	if got, want := mainFirst(given), []string{"main", "dev", "staging"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if !slices.Equal(given, []string{"dev", "main", "staging"}) {
		t.Error("the list that was given changed")
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for typ, want := range map[model.PackageType]string{model.Conda: "conda", model.Notebook: "notebook", model.Environment: "environment", "odd": "odd"} {
		if got := TypeWord(typ); got != want {
			t.Errorf("TypeWord(%s) = %q, want %q", typ, got, want)
		}
	}
	for access, want := range map[model.Access]string{model.Public: "Public", model.Authenticated: "Signed-in", model.Private: "Private"} {
		if got := AccessWord(access); got != want {
			t.Errorf("AccessWord(%s) = %q, want %q", access, got, want)
		}
	}
}
