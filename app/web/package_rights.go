package web

import (
	"net/http"
	"slices"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// fillRights looks up who has rights on the package of a settings page.
func (ui *Surface) fillRights(r *http.Request, props *views.PackageSettingsProps) (err error) {
	ctx, actor, p := r.Context(), ui.actor(r), props.Package
	if props.People.People, err = ui.Registry.Collaborators(ctx, actor, p.Owner, p.Name); err != nil {
		return err
	}
	if !props.Account.IsOrganization() {
		return nil
	}
	attached, err := ui.Registry.PackageGroups(ctx, actor, p.Owner, p.Name)
	if err != nil {
		return err
	}
	form := &props.Groups
	form.Organization = true
	if form.Manages, err = ui.Registry.MayManage(ctx, actor, p.Owner); err != nil {
		return err
	}
	all := attached
	if form.Manages {
		if all, err = ui.Registry.Groups(ctx, actor, p.Owner); err != nil {
			return err
		}
	}
	form.Groups, form.Others = onPackage(all, attached)
	return nil
}

// onPackage divides groups into those that reach a package, with their level on
// it, and the others.
func onPackage(all, attached []model.Group) (on []views.GroupOnPackage, others []model.Group) {
	for _, g := range all {
		i := slices.IndexFunc(attached, func(a model.Group) bool { return a.ID == g.ID })
		switch {
		case i < 0 && !g.AllPackages:
			others = append(others, g)
			continue
		case i >= 0 && g.AllPackages:
			g.Permission = max(g.Permission, attached[i].Permission)
		case i >= 0:
			g.Permission = attached[i].Permission
		}
		on = append(on, views.GroupOnPackage{Group: g, Attached: i >= 0})
	}
	return on, others
}

// changeRights adds or removes a collaborator or a group of a package.
func (ui *Surface) changeRights(w http.ResponseWriter, r *http.Request, p registry.PackageDetail) error {
	props := settingsProps(p)
	undo, err := ui.rightsAgain(r, p)
	if err != nil {
		return err
	}
	said, err := ui.applyRights(r, p)
	if err != nil && !aboutTheForm(err) {
		return err
	}
	if err == nil && !wantsPartial(r) {
		ui.flash(r, said)
		return ui.redirect(w, r, views.PackageSettingsURL(p.Owner, p.Name))
	}
	status, people := http.StatusOK, isAboutPeople(r)
	var removal views.Removal
	if do := r.PostFormValue("do"); do == views.DoRemoveCollaborator || do == views.DoDetachGroup {
		removal = views.Removal{Said: said, Action: views.PackageSettingsURL(p.Owner, p.Name), Undo: undo}
	}
	switch {
	case err == nil && people:
		props.People.Said, props.People.Removed = said, removal
	case err == nil:
		props.Groups.Said, props.Groups.Removed = said, removal
	case people:
		status, props.People.Problem = statusOf(err), model.MessageOf(err)
		props.People.Username = formText(r, "username")
		props.People.Permission, _ = model.ParsePermission(r.PostFormValue("permission"))
	default:
		status, props.Groups.Problem = statusOf(err), model.MessageOf(err)
	}
	if status == http.StatusNotFound { // the page is there; what was typed is not
		status = http.StatusUnprocessableEntity
	}
	return ui.drawPackageSettings(w, r, status, props)
}

// rightsAgain is what gives somebody whom the form removes the rights back that they
// have now. A group may have had a level of its own, which no form of the page gives
// back.
func (ui *Surface) rightsAgain(r *http.Request, p registry.PackageDetail) ([]views.Hidden, error) {
	if r.PostFormValue("do") != views.DoRemoveCollaborator {
		return nil, nil
	}
	people, err := ui.Registry.Collaborators(r.Context(), ui.actor(r), p.Owner, p.Name)
	for _, c := range people {
		if c.Login == formText(r, "name") {
			return again(views.DoAddCollaborator, "username", c.Login, "permission", c.Permission.String()), nil
		}
	}
	return nil, err
}

// aboutTheForm reports whether an error can be put right in the panel.
func aboutTheForm(err error) bool {
	code := model.CodeOf(err)
	return code == model.Invalid || code == model.Conflict || code == model.NotFound
}

// isAboutPeople tells the forms of the collaborators from those of the groups.
func isAboutPeople(r *http.Request) bool {
	do := r.PostFormValue("do")
	return do == views.DoAddCollaborator || do == views.DoRemoveCollaborator
}

// applyRights does what the form asks and returns what to say of it.
func (ui *Surface) applyRights(r *http.Request, p registry.PackageDetail) (string, error) {
	ctx, actor, name := r.Context(), ui.actor(r), formText(r, "name")
	switch r.PostFormValue("do") {
	case views.DoAddCollaborator:
		login := formText(r, "username")
		permission, err := model.ParsePermission(r.PostFormValue("permission"))
		if err == nil {
			err = ui.Registry.SetCollaborator(ctx, actor, p.Owner, p.Name, login, permission)
		}
		return "Added " + login + ".", err
	case views.DoRemoveCollaborator:
		return "Removed " + name + ".", ui.Registry.RemoveCollaborator(ctx, actor, p.Owner, p.Name, name)
	case views.DoAttachGroup:
		group := formText(r, "group")
		return "Attached " + group + ".", ui.Registry.AttachPackage(ctx, actor, p.Owner, group, p.Name)
	}
	return "Removed " + name + ".", ui.Registry.DetachPackage(ctx, actor, p.Owner, name, p.Name)
}
