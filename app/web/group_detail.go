package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// offeredPackages bounds the packages that are offered when a name is not found.
const offeredPackages = 8

// showGroup draws a group to the owners of its organization.
func (ui *Surface) showGroup(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.groupProps(r)
	if err != nil {
		return err
	}
	return ui.drawGroup(w, r, http.StatusOK, p)
}

// groupProps looks the group in the path up.
func (ui *Surface) groupProps(r *http.Request) (views.GroupProps, error) {
	ctx, actor := r.Context(), ui.actor(r)
	head, err := ui.organizationHead(r, "", "", views.GroupsOfURL)
	if err != nil {
		return views.GroupProps{}, err
	}
	d, err := ui.Registry.Group(ctx, actor, head.Account.Login, r.PathValue("group"))
	if err != nil {
		return views.GroupProps{}, err
	}
	return views.GroupProps{Organization: d.Organization, Group: d.Group, Members: d.Members, Packages: d.Packages}, nil
}

// findPackages lists packages whose names are like typed and that the group does
// not reach yet.
func (ui *Surface) findPackages(r *http.Request, p views.GroupProps, typed string) ([]string, error) {
	filter := registry.PackageFilter{Owner: p.Organization.Login, Query: typed, Limit: offeredPackages}
	like, _, err := ui.Registry.Packages(r.Context(), ui.actor(r), filter)
	var names []string
	for _, o := range like {
		if levelOn(model.Group{Permission: model.Read}, p.Packages, o) == model.NoAccess {
			names = append(names, o.Name)
		}
	}
	return names, err
}

func (ui *Surface) drawGroup(w http.ResponseWriter, r *http.Request, status int, p views.GroupProps) error {
	layout := ui.layout(r, "Group "+p.Group.Name+", "+p.Organization.Login)
	layout.Failed = status != http.StatusOK
	return ui.draw(w, r, status, views.GroupPage(layout, p), views.GroupPartial(p))
}

// groupChange is what a form of the page of a group did: what to say of it, and
// what takes the focus.
type groupChange struct{ said, focus string }

// changeGroup does what one of the page's forms asks.
func (ui *Surface) changeGroup(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.groupProps(r)
	if err != nil {
		return err
	}
	done, err := ui.applyGroupChange(r, p.Organization.Login, p.Group)
	if err != nil {
		return ui.refuseGroupChange(w, r, p, err)
	}
	if !wantsPartial(r) {
		ui.flash(r, done.said)
		return ui.redirect(w, r, ui.afterGroupChange(r, p))
	}
	if p, err = ui.groupProps(r); model.CodeOf(err) == model.Forbidden {
		ui.flash(r, done.said)
		return ui.redirect(w, r, views.GroupsURL())
	} else if err != nil {
		return err
	}
	p.Said, p.Focus = done.said, done.focus
	return ui.drawGroup(w, r, http.StatusOK, p)
}

// afterGroupChange is the page of the group, or that of the person's groups for
// an owner who just removed themselves.
func (ui *Surface) afterGroupChange(r *http.Request, p views.GroupProps) string {
	manages, err := ui.Registry.MayManage(r.Context(), ui.actor(r), p.Organization.Login)
	if err != nil || !manages {
		return views.GroupsURL()
	}
	return views.GroupURL(p.Organization.Login, p.Group.Name)
}

func (ui *Surface) applyGroupChange(r *http.Request, org string, g model.Group) (groupChange, error) {
	ctx, actor, name := r.Context(), ui.actor(r), formText(r, "name")
	switch r.PostFormValue("do") {
	case views.DoAddMember:
		login := formText(r, "username")
		return groupChange{"Added " + login + " to " + g.Name + ".", "username"}, ui.Registry.AddGroupMember(ctx, actor, org, g.Name, login)
	case views.DoRemoveMember:
		return groupChange{"Removed " + name + " from " + g.Name + ".", "members"}, ui.Registry.RemoveGroupMember(ctx, actor, org, g.Name, name)
	case views.DoAddPackage:
		pkg := formText(r, "package")
		return groupChange{"Added " + pkg + " to " + g.Name + ".", "package"}, ui.Registry.AttachPackage(ctx, actor, org, g.Name, pkg)
	case views.DoRemovePackage:
		return groupChange{"Removed " + name + " from " + g.Name + ".", "items"}, ui.Registry.DetachPackage(ctx, actor, org, g.Name, name)
	case views.DoLevel:
		return ui.setLevel(r, org, g, name)
	case views.DoPermission:
		permission, err := model.ParsePermission(r.PostFormValue("permission"))
		if err == nil {
			err = ui.Registry.UpdateGroup(ctx, actor, org, g.Name, permission, r.PostFormValue("all_packages") != "")
		}
		return groupChange{"Saved the permission of " + g.Name + ".", "permission-t"}, err
	}
	return groupChange{}, model.Errorf(model.Invalid, "This form is not one of the page's. Reload the page and try again.")
}

// setLevel puts a group's level on a package: its permission, or none.
func (ui *Surface) setLevel(r *http.Request, org string, g model.Group, pkg string) (groupChange, error) {
	done := groupChange{"Saved. " + g.Name + " reaches " + pkg + ".", "items"}
	switch r.PostFormValue("level") {
	case model.NoAccess.String():
		done.said = "Saved. " + g.Name + " no longer reaches " + pkg + "."
		return done, ui.Registry.DetachPackage(r.Context(), ui.actor(r), org, g.Name, pkg)
	case g.Permission.String():
		return done, ui.Registry.AttachPackage(r.Context(), ui.actor(r), org, g.Name, pkg)
	}
	return done, model.Errorf(model.Conflict, "The permission of %s is the same on all its packages. Change it below, or make another group.", g.Name)
}

// refuseGroupChange draws the page with what is wrong beside the form that was
// sent, and with what was typed.
func (ui *Surface) refuseGroupChange(w http.ResponseWriter, r *http.Request, p views.GroupProps, err error) error {
	p.Username, p.Package = formText(r, "username"), formText(r, "package")
	status, field := http.StatusUnprocessableEntity, views.Refused
	switch r.PostFormValue("do") {
	case views.DoAddMember:
		field = "username"
	case views.DoAddPackage:
		field = "package"
	case views.DoPermission:
		field = "permission"
	}
	switch code := model.CodeOf(err); {
	case code == model.Conflict:
		status = http.StatusConflict
	case code == model.NotFound && field != views.Refused, code == model.Invalid:
	default:
		return err
	}
	p.Problems = map[string]string{field: model.MessageOf(err)}
	if field == "package" && p.Package != "" {
		if p.Found, err = ui.findPackages(r, p, p.Package); err != nil {
			return err
		}
	}
	if field != views.Refused {
		p.Focus = field
	}
	return ui.drawGroup(w, r, status, p)
}
