package web

import (
	"net/http"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// showPackageSettings draws the settings of a package to those who administer it,
// or what follows from an access that is chosen and not saved yet.
func (ui *Surface) showPackageSettings(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.managedPackage(r)
	if err != nil {
		return err
	}
	if chosen, err := model.ParseAccess(r.URL.Query().Get("access")); err == nil && wantsPartial(r) {
		return ui.draw(w, r, http.StatusOK, nil, views.AccessNote(chosen, p.Access, p.Owner))
	}
	return ui.drawPackageSettings(w, r, http.StatusOK, settingsProps(p))
}

// savePackageSettings does what one of the page's forms asks.
func (ui *Surface) savePackageSettings(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.managedPackage(r)
	if err != nil {
		return err
	}
	switch r.PostFormValue("do") {
	case views.DoAccess:
		return ui.saveAccess(w, r, p)
	case views.DoFacts:
		return ui.saveFacts(w, r, p)
	case views.DoStatus:
		return ui.saveStatus(w, r, p)
	case views.DoDelete:
		return ui.deletePackage(w, r, p)
	case views.DoAddCollaborator, views.DoRemoveCollaborator, views.DoAttachGroup, views.DoDetachGroup:
		return ui.changeRights(w, r, p)
	}
	return model.Errorf(model.Invalid, "This form is not one of the page's. Reload the page and try again.")
}

// managedPackage returns the package in the path to who may do what the route
// needs; who may only see it is told so.
func (ui *Surface) managedPackage(r *http.Request) (registry.PackageDetail, error) {
	p, err := ui.findPackage(r)
	if needs := model.RouteOf(r.Context()).Needs; err == nil && p.Permission < needs {
		err = registry.Denied(ui.actor(r), p.Package, lacking{views.Lacking{Owner: p.Owner, Name: p.Name, Has: p.Permission, Needs: needs}})
	}
	return p, err
}

// lacking is Forbidden, to somebody whose level on a package is not enough.
type lacking struct{ views.Lacking }

func (l lacking) Error() string { return l.Sentence() }

func (l lacking) Unwrap() error { return model.Errorf(model.Forbidden, "%s", l.Sentence()) }

func settingsProps(p registry.PackageDetail) views.PackageSettingsProps {
	head := packageHead(p, newest(p).Version, views.PackageSettingsURL(p.Owner, p.Name))
	return views.PackageSettingsProps{
		PackageHead: head,
		Access:      views.PackageAccessForm{Owner: p.Owner, Name: p.Name, Access: p.Access},
		People:      views.CollaboratorsForm{Owner: p.Owner, Name: p.Name, Permission: model.Write},
		Groups:      views.PackageGroupsForm{Owner: p.Owner, Name: p.Name},
		Facts: views.PackageFactsForm{
			Owner: p.Owner, Name: p.Name, Summary: p.Summary, Home: p.Home, Manual: p.DocURL, Source: p.SourceURL,
		},
		Status:   views.PackageStatusForm{Owner: p.Owner, Name: p.Name, Status: p.Status, Reason: p.StatusReason},
		Transfer: views.PackageTransferForm{Owner: p.Owner, Name: p.Name},
		Delete:   views.PackageDeleteForm{Owner: p.Owner, Name: p.Name, Versions: head.Versions, Files: head.Files},
	}
}

// drawPackageSettings answers with the page, or with the panel that was sent.
func (ui *Surface) drawPackageSettings(w http.ResponseWriter, r *http.Request, status int, props views.PackageSettingsProps) error {
	if err := ui.fillRights(r, &props); err != nil {
		return err
	}
	use, err := ui.Registry.PackageUse(r.Context(), ui.actor(r), props.Package.Owner, props.Package.Name)
	if err != nil {
		return err
	}
	props.Delete.Dependents, props.Delete.Lately = use.Dependents, use.Lately
	if err := ui.fillTransfer(r, &props.Transfer); err != nil {
		return err
	}
	layout := ui.layout(r, "Settings of "+props.Package.Name+", "+props.Package.Owner)
	layout.Path, layout.Failed = props.Path, status != http.StatusOK
	partial := views.PackageAccessPartial(props.Access)
	switch r.PostFormValue("do") {
	case views.DoFacts:
		partial = views.PackageFactsPartial(props.Facts)
	case views.DoStatus:
		partial = views.PackageStatusPartial(props.Status)
	case views.DoDelete:
		partial = views.PackageDeletePartial(props.Delete)
	case views.DoAddCollaborator, views.DoRemoveCollaborator:
		partial = views.CollaboratorsPartial(props.People)
	case views.DoAttachGroup, views.DoDetachGroup:
		partial = views.PackageGroupsPartial(props.Groups)
	}
	return ui.draw(w, r, status, views.PackageSettingsPage(layout, props), partial)
}

func (ui *Surface) saveAccess(w http.ResponseWriter, r *http.Request, p registry.PackageDetail) error {
	access, err := model.ParseAccess(r.PostFormValue("access"))
	if err != nil {
		props := settingsProps(p)
		props.Access.Problem = model.MessageOf(err)
		return ui.drawPackageSettings(w, r, http.StatusUnprocessableEntity, props)
	}
	return ui.changePackage(w, r, settingsProps(p), registry.PackageChange{Access: &access})
}

func (ui *Surface) saveFacts(w http.ResponseWriter, r *http.Request, p registry.PackageDetail) error {
	props := settingsProps(p)
	form := &props.Facts
	form.Summary, form.Home = formText(r, "summary"), formText(r, "home")
	form.Manual, form.Source = formText(r, "doc_url"), formText(r, "source_url")
	if form.Problems = linkProblems(r, "home", "doc_url", "source_url"); len(form.Problems) > 0 {
		return ui.drawPackageSettings(w, r, http.StatusUnprocessableEntity, props)
	}
	return ui.changePackage(w, r, props, registry.PackageChange{ByHand: true, Summary: &form.Summary, Home: &form.Home, DocURL: &form.Manual, SourceURL: &form.Source})
}

// linkProblems says which of the fields hold an address that no page would show
// as a link.
func linkProblems(r *http.Request, fields ...string) map[string]string {
	problems := map[string]string{}
	for _, name := range fields {
		if _, ok := views.WebLink(formText(r, name)); !ok && formText(r, name) != "" {
			problems[name] = "Give an address that begins with https:// or http://."
		}
	}
	return problems
}

func formText(r *http.Request, name string) string { return strings.TrimSpace(r.PostFormValue(name)) }

// changePackage saves a change. What cannot be saved comes back beside its field,
// as typed.
func (ui *Surface) changePackage(w http.ResponseWriter, r *http.Request, props views.PackageSettingsProps, change registry.PackageChange) error {
	p := props.Package
	changed, err := ui.Registry.UpdatePackage(r.Context(), ui.actor(r), p.Owner, p.Name, change)
	if problems := model.FieldsOf(err); len(problems) > 0 {
		props.Facts.Problems = problems
		return ui.drawPackageSettings(w, r, http.StatusUnprocessableEntity, props)
	}
	if err != nil {
		return err
	}
	if !wantsPartial(r) {
		ui.flash(r, "Saved the settings of "+p.Name+".")
		return ui.redirect(w, r, views.PackageSettingsURL(p.Owner, p.Name))
	}
	props = settingsProps(changed)
	props.Access.Saved, props.Facts.Saved = true, true
	return ui.drawPackageSettings(w, r, http.StatusOK, props)
}

func (ui *Surface) deletePackage(w http.ResponseWriter, r *http.Request, p registry.PackageDetail) error {
	if formText(r, "typed") != p.Name {
		props := settingsProps(p)
		props.Delete.Problem = "Type " + p.Name + ", exactly as it is written here."
		return ui.drawPackageSettings(w, r, http.StatusUnprocessableEntity, props)
	}
	if err := ui.Registry.DeletePackage(r.Context(), ui.actor(r), p.Owner, p.Name); err != nil {
		return err
	}
	ui.flash(r, "Deleted "+p.Name+".")
	return ui.redirect(w, r, views.PackagesURL(p.Owner))
}
