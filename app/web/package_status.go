package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// saveStatus says in which state a project is.
func (ui *Surface) saveStatus(w http.ResponseWriter, r *http.Request, p registry.PackageDetail) error {
	props := settingsProps(p)
	form := &props.Status
	form.Status, form.Reason = model.ProjectStatus(r.PostFormValue("status")), formText(r, "reason")
	status, err := model.ParseProjectStatus(string(form.Status))
	if err == nil {
		p, err = ui.Registry.SetStatus(r.Context(), ui.actor(r), p.Owner, p.Name, status, form.Reason)
	}
	if form.Problems = correctable(err); form.Problems != nil {
		return ui.drawPackageSettings(w, r, http.StatusUnprocessableEntity, props)
	}
	if err != nil {
		return err
	}
	if !wantsPartial(r) {
		ui.flash(r, "Saved the settings of "+p.Name+".")
		return ui.redirect(w, r, views.PackageSettingsURL(p.Owner, p.Name))
	}
	props = settingsProps(p)
	props.Status.Saved = true
	return ui.drawPackageSettings(w, r, http.StatusOK, props)
}
