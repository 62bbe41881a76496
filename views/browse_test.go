package views

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"vivarium/app/model"
)

// What the tests of the browse pages draw: a lab's channel with a package that has
// everything, and one that has nothing.
var (
	testNow = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	testLab = model.Account{ID: 1, Login: "reef-lab", Kind: model.Organization, Name: "Reef Lab", Description: "Coastal observation"}
	testMe  = &Viewer{Login: "brook", Active: Account{Login: "brook"}, Accounts: []Account{{Login: "brook", Drawn: true}, {Login: "reef-lab", Organization: true, Role: "Owner"}}}

	testPackage = model.Package{
		ID: 7, Owner: "reef-lab", Name: "reefscan", Types: []model.PackageType{model.Conda, model.PyPI}, Access: model.Public,
		Summary: "Segment and count corals in transect photographs", Description: "Finds colonies.\n\nRuns on a laptop.",
		License: "BSD-3-Clause", LicenseURL: "https://reef.example/licence", Home: "https://reef.example", DocURL: "https://docs.reef.example", SourceURL: "javascript:alert(1)",
		CreatedAt: testNow.AddDate(-2, 0, 0), ModifiedAt: testNow.AddDate(0, 0, -3), LatestVersion: "2.4.1",
		Platforms: []string{"linux-64", "osx-arm64"}, Labels: []string{"main", "dev"}, FileCount: 2, Downloads: 18204,
	}
	testSecret = model.Package{ID: 8, Owner: "reef-lab", Name: "benthos-db", Types: []model.PackageType{model.Conda}, Access: model.Private, CreatedAt: testNow, ModifiedAt: testNow}
	// testHostile has in every field what must not get out of it.
	testHostile = model.Package{
		ID: 9, Owner: "reef-lab", Name: "x", Types: []model.PackageType{model.Conda}, Access: model.Public, Summary: canary, Description: canary, License: canary,
		LicenseURL: canary, Home: canary, DocURL: canary, SourceURL: canary, DevURL: canary, LatestVersion: canary, Platforms: []string{canary}, Labels: []string{canary},
		CreatedAt: testNow, ModifiedAt: testNow,
	}

	testFile = model.File{
		ID: 3, Type: model.Conda, Owner: "reef-lab", Package: "reefscan", Version: "2.4.1", Basename: "linux-64/reefscan-2.4.1-py313h7b1_0.conda", Subdir: "linux-64",
		Build: "py313h7b1_0", Size: 4_210_000, MD5: "0123456789abcdef0123456789abcdef", SHA256: "9f2c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a",
		Uploader: "ci-reef", Downloads: 1206, UploadedAt: testNow.AddDate(0, 0, -3), Labels: []string{"main", "dev"},
	}
)

const canary = `"><script>alert('c&nary')</script>`

func testLayout(title string) LayoutProps {
	return LayoutProps{Title: title, Now: testNow, Viewer: testMe}
}

func testHead() PackageHead {
	return PackageHead{Package: testPackage, Account: testLab, Version: "2.4.1", Latest: true, Versions: 2, Files: 2, Path: "/reef-lab/reefscan"}
}

func testListing(packages ...model.Package) Listing {
	return Listing{
		Name: "Packages", One: "package", Many: "packages", Packages: packages, Now: testNow, ClearURL: "/reef-lab/packages",
		Filters: []Filter{{Name: "Type", Choices: []Choice{{Name: "All", URL: "/reef-lab/packages", Current: true}, {Name: "conda", URL: "/reef-lab/packages?type=conda"}}}},
		Sort:    Sort{Action: "/reef-lab/packages", Options: []Option{{Value: "updated", Name: "Last updated", Selected: true}, {Value: "name", Name: "Name"}}},
		Pager:   Pager{From: min(1, len(packages)), To: len(packages), Total: len(packages)},
		Empty:   EmptyList{Empty: Empty{Main: true, Icon: "package", Heading: "Nothing here yet", Text: "Upload a package."}},
	}
}

// checkPage is checkGolden for a whole page: its title and its own part, without
// what the layout puts around it.
func checkPage(t *testing.T, name string, page templ.Component) {
	t.Helper()
	checkGolden(t, name, templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		html := drawn(t, page)
		title := html[strings.Index(html, "<title>") : strings.Index(html, "</title>")+len("</title>")]
		main := html[strings.Index(html, "<main") : strings.Index(html, "</main>")+len("</main>")]
		_, err := io.WriteString(w, title+main)
		return err
	}))
}
