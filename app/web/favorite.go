package web

import (
	"net/http"

	"vivarium/views"
)

// showFavorites lists what the person starred.
func (ui *Surface) showFavorites(w http.ResponseWriter, r *http.Request) error {
	layout := ui.layout(r, "Favorites of "+visitorOf(r).person.Login)
	return ui.draw(w, r, http.StatusOK, views.FavoritesPage(layout), nil)
}
