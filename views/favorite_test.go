package views

import (
	"testing"

	"vivarium/app/model"
)

func testFavorites(packages ...model.Package) FavoritesProps {
	list := testListing(packages...)
	list.Name, list.One, list.Many = "Results", "favorite", "favorites"
	list.Empty = EmptyList{Empty: Empty{Main: true, Icon: "star", Heading: "No favorites yet", Text: "Press Star."}, Link: NavItem{Name: "Browse packages", URL: "/search"}}
	return FavoritesProps{Path: "/favorites", Listing: list, Tabs: []NavItem{{Name: "All", URL: "/favorites", Count: len(packages), Current: true}, {Name: "Packages", URL: "/favorites?kind=packages"}}}
}

func TestFavoritesPage(t *testing.T) {
	t.Parallel()
	starred := testPackage
	starred.Starred, starred.Stars = true, 1280
	for name, p := range map[string]FavoritesProps{
		"none": testFavorites(), "one": testFavorites(starred), "many": testFavorites(starred, testSecret, testHostile),
	} {
		checkPage(t, "favorite/"+name, FavoritesPage(testLayout("Favorites of brook"), p))
	}
	checkGolden(t, "favorite/partial", FavoritesPartial(testFavorites(starred)))
}

func TestStarForm(t *testing.T) {
	t.Parallel()
	starred := testPackage
	starred.Starred, starred.Stars = true, 1
	checkGolden(t, "favorite/star", StarForm(StarProps{Package: testPackage, Next: "/reef-lab/reefscan"}))
	checkGolden(t, "favorite/starred", StarPartial(StarProps{Package: starred, Next: "/favorites", InList: true}))
	checkGolden(t, "favorite/unstarred", StarPartial(StarProps{Package: testPackage, Next: "/favorites"}))
}

func TestStargazersPage(t *testing.T) {
	t.Parallel()
	p := StargazersProps{PackageHead: testHead(), Now: testNow}
	checkPage(t, "favorite/stargazers_none", StargazersPage(testLayout("Stars"), p))
	p.List = []model.Stargazer{{Login: "hmoreau", Name: canary, Since: testNow.AddDate(0, 0, -3)}}
	checkPage(t, "favorite/stargazers", StargazersPage(testLayout("Stars"), p))
}
