package views

import "testing"

func TestSearchPage(t *testing.T) {
	t.Parallel()
	found := SearchProps{Query: "reef", Listing: testListing(testPackage)}
	found.Listing.ShowOwner = true
	nothing := SearchProps{Query: `<b>"x"`, Listing: testListing()}
	nothing.Listing.Empty = EmptyList{Empty: Empty{Main: true, Icon: "search", Heading: `Nothing matches “<b>"x"”`, Text: "Try fewer words."}, Link: NavItem{Name: "Show all packages", URL: "/search"}}
	checkPage(t, "search/found", SearchPage(testLayout("Search: reef"), found))
	checkPage(t, "search/nothing", SearchPage(testLayout(`Search: <b>"x"`), nothing))
	checkPage(t, "search/all", SearchPage(testLayout("All packages"), SearchProps{Listing: testListing(testPackage, testSecret)}))
}
