package web

import (
	"net/http"

	"vivarium/views"
)

// showDeleteAccount says what goes with the person's account.
func (ui *Surface) showDeleteAccount(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.deleteAccountProps(r)
	if err != nil {
		return err
	}
	return ui.draw(w, r, http.StatusOK, views.DeleteAccountPage(p), nil)
}

func (ui *Surface) deleteAccountProps(r *http.Request) (views.DeleteAccountProps, error) {
	person := visitorOf(r).person
	estate, err := ui.Registry.Estate(r.Context(), person)
	return views.DeleteAccountProps{
		Layout: ui.layout(r, "Delete account"), Login: person.Login, Holdings: estate.Holdings, Sessions: estate.Sessions, OnlyOwnerOf: estate.OnlyOwnerOf,
	}, err
}

// deleteAccount removes the person's account with all it owns.
func (ui *Surface) deleteAccount(w http.ResponseWriter, r *http.Request) error {
	err := ui.Registry.DeleteSelf(r.Context(), visitorOf(r).person, r.PostFormValue("typed"), r.PostFormValue("password"))
	if fields := correctable(err); fields != nil {
		p, failed := ui.deleteAccountProps(r)
		if failed != nil {
			return failed
		}
		p.Errors, p.Layout.Failed = fields, true
		return ui.draw(w, r, statusOf(err), views.DeleteAccountPage(p), nil)
	}
	if err != nil {
		return err
	}
	if err := ui.sessions(r).Destroy(r.Context()); err != nil {
		return err
	}
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	return ui.redirect(w, r, views.SignInAfterURL(afterDelete))
}
