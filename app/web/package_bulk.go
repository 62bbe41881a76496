package web

import (
	"fmt"
	"net/http"
	"net/url"

	"vivarium/app/model"
	"vivarium/views"
)

// setAccess gives the ticked packages of a channel the same access.
func (ui *Surface) setAccess(w http.ResponseWriter, r *http.Request) error {
	access := model.Access(r.PostFormValue("access"))
	names := r.PostForm["package"]
	err := ui.Registry.SetAccess(r.Context(), ui.actor(r), r.PathValue("channel"), names, access)
	if correctable(err) != nil {
		return ui.drawPart(w, r, http.StatusUnprocessableEntity, packagesPart, model.MessageOf(err))
	}
	if err != nil {
		return err
	}
	ui.flash(r, fmt.Sprintf("Set access of %d to %s.", len(names), views.AccessWord(access)))
	return ui.redirect(w, r, listURL(r))
}

// listURL is the list that the form stood on.
func listURL(r *http.Request) string {
	list := views.PackagesURL(model.FoldLogin(r.PathValue("channel")))
	query, err := url.ParseQuery(r.PostFormValue("query"))
	if err != nil || len(query) == 0 {
		return list
	}
	return list + "?" + query.Encode()
}
