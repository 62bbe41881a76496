package web

import (
	"net/http"

	"vivarium/views"
)

// showGuide draws what pages there are about this server.
func (ui *Surface) showGuide(w http.ResponseWriter, r *http.Request) error {
	return ui.draw(w, r, http.StatusOK, views.GuidePage(ui.layout(r, "Guide")), nil)
}
