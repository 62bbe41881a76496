package views

import "testing"

func TestFavoritesPage(t *testing.T) {
	t.Parallel()
	checkPage(t, "favorite/none", FavoritesPage(testLayout("Favorites of brook")))
}
