package web

import (
	"net/http"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

func (ui *Surface) transferHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /{channel}/packages/{package}/transfer":  ui.page(ui.confirmPackageTransfer),
		"POST /{channel}/packages/{package}/transfer": ui.page(ui.transferPackage),
	}
}

// fillTransfer looks up to whom the person may give the package of a settings page.
func (ui *Surface) fillTransfer(r *http.Request, form *views.PackageTransferForm) error {
	all, err := ui.Registry.PublishesTo(r.Context(), ui.actor(r))
	form.To = slices.DeleteFunc(all, func(login string) bool { return login == form.Owner })
	return err
}

// confirmPackageTransfer asks before a package goes to another account.
func (ui *Surface) confirmPackageTransfer(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.managedPackage(r)
	if err != nil {
		return err
	}
	to := askedFor(r)
	t, err := ui.Registry.CheckTransfer(r.Context(), ui.actor(r), p.Owner, p.Name, to)
	if err != nil {
		return ui.refusePackageTransfer(w, r, p, to, err)
	}
	return ui.drawPackageTransfer(w, r, http.StatusOK, transferProps(t))
}

// transferPackage gives a package to another account and leads to it there.
func (ui *Surface) transferPackage(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.managedPackage(r)
	if err != nil {
		return err
	}
	to := formText(r, "to")
	t, err := ui.Registry.CheckTransfer(r.Context(), ui.actor(r), p.Owner, p.Name, to)
	if err == nil && formText(r, "typed") != p.Name {
		props := transferProps(t)
		props.Typed, props.Problem = formText(r, "typed"), "Type "+p.Name+", exactly as it is written here."
		return ui.drawPackageTransfer(w, r, http.StatusUnprocessableEntity, props)
	}
	var moved registry.PackageDetail
	if err == nil {
		moved, err = ui.Registry.TransferPackage(r.Context(), ui.actor(r), p.Owner, p.Name, to)
	}
	if err != nil {
		return ui.refusePackageTransfer(w, r, p, to, err)
	}
	ui.flash(r, moved.Name+" belongs to "+moved.Owner+" now.")
	return ui.redirect(w, r, views.PackageURL(moved.Owner, moved.Name))
}

func transferProps(t registry.Transfer) views.TransferProps {
	p := views.TransferProps{Package: t.Package, To: t.To.Login, Files: len(t.Files())}
	for _, g := range t.Groups {
		p.Groups = append(p.Groups, g.Name)
	}
	for _, c := range t.Collaborators {
		p.Collaborators = append(p.Collaborators, c.Login)
	}
	return p
}

func (ui *Surface) drawPackageTransfer(w http.ResponseWriter, r *http.Request, status int, props views.TransferProps) error {
	layout := ui.layout(r, "Transfer "+props.Package.Name+", "+props.Package.Owner)
	layout.Failed = status != http.StatusOK
	return ui.draw(w, r, status, views.TransferPage(layout, props), nil)
}

// refusePackageTransfer draws the settings with why a package cannot go to an
// account.
func (ui *Surface) refusePackageTransfer(w http.ResponseWriter, r *http.Request, p registry.PackageDetail, to string, err error) error {
	if !aboutTheForm(err) && model.CodeOf(err) != model.Forbidden {
		return err
	}
	props := settingsProps(p)
	props.Transfer.Chosen, props.Transfer.Problem = strings.ToLower(to), model.MessageOf(err)
	status := statusOf(err)
	if status == http.StatusNotFound { // the package is there; the account is not
		status = http.StatusUnprocessableEntity
	}
	return ui.drawPackageSettings(w, r, status, props)
}
