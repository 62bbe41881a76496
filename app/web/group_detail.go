package web

import (
	"net/http"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// offeredPackages bounds the packages that are offered when a name is not found.
const offeredPackages = 8

// showGroup draws a group to the owners of its organization, with packages to add
// while a name is typed.
func (ui *Surface) showGroup(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.groupProps(r)
	if err != nil {
		return err
	}
	p.Package = strings.TrimSpace(r.URL.Query().Get("package"))
	if p.Searched = p.Package != ""; p.Searched {
		if p.Found, err = ui.findPackages(r, p, p.Package); err != nil {
			return err
		}
	}
	return ui.draw(w, r, http.StatusOK, views.GroupPage(ui.groupLayout(r, p), p), views.GroupFoundPartial(p))
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
	p := views.GroupProps{Organization: d.Organization, Group: d.Group, Members: d.Members, Me: visitorOf(r).person.Login}
	for _, item := range d.Packages {
		p.Items = append(p.Items, views.GroupItem{Package: item, Level: d.LevelOn(item)})
	}
	return p, nil
}

// findPackages lists packages of the organization that the visitor may see, whose
// names are like typed, and that were not added yet.
func (ui *Surface) findPackages(r *http.Request, p views.GroupProps, typed string) ([]string, error) {
	filter := registry.PackageFilter{Owner: p.Organization.Login, Query: typed, Limit: offeredPackages + len(p.Items)}
	like, _, err := ui.Registry.Packages(r.Context(), ui.actor(r), filter)
	var names []string
	for _, o := range like {
		if !slices.ContainsFunc(p.Items, func(i views.GroupItem) bool { return i.ID == o.ID }) {
			names = append(names, o.Name)
		}
	}
	return names[:min(len(names), offeredPackages)], err
}

func (ui *Surface) drawGroup(w http.ResponseWriter, r *http.Request, status int, p views.GroupProps) error {
	layout := ui.groupLayout(r, p)
	layout.Failed = status != http.StatusOK
	return ui.draw(w, r, status, views.GroupPage(layout, p), views.GroupPartial(p))
}

func (ui *Surface) groupLayout(r *http.Request, p views.GroupProps) views.LayoutProps {
	return ui.layout(r, "Group "+p.Group.Name+", "+p.Organization.Login)
}

// groupChange is what a form of the page of a group did: what to say of it, what
// takes the focus, and for a removal what takes it back.
type groupChange struct {
	said, focus string
	undo        []views.Hidden
}

// changeGroup does what one of the page's forms asks.
func (ui *Surface) changeGroup(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.groupProps(r)
	if err != nil {
		return err
	}
	done, err := ui.applyGroupChange(r, p)
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
	if done.undo != nil {
		p.Removed = views.Removal{Said: done.said, Action: views.GroupURL(p.Organization.Login, p.Group.Name), Undo: done.undo}
	}
	if r.PostFormValue("do") == views.DoLevel {
		return ui.draw(w, r, http.StatusOK, nil, views.LevelPartial(p))
	}
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

func (ui *Surface) applyGroupChange(r *http.Request, p views.GroupProps) (groupChange, error) {
	ctx, actor, name := r.Context(), ui.actor(r), formText(r, "name")
	org, g := p.Organization.Login, p.Group
	switch r.PostFormValue("do") {
	case views.DoAddMember:
		login := formText(r, "username")
		return groupChange{said: "Added " + login + " to " + g.Name + ".", focus: "username"}, ui.Registry.AddGroupMember(ctx, actor, org, g.Name, login)
	case views.DoRemoveMember:
		return groupChange{"Removed " + name + " from " + g.Name + ".", "members", again(views.DoAddMember, "username", name)}, ui.Registry.RemoveGroupMember(ctx, actor, org, g.Name, name)
	case views.DoAddPackage:
		pkg := formText(r, "package")
		return groupChange{said: "Added " + pkg + " to " + g.Name + ".", focus: "package"}, ui.Registry.AttachPackage(ctx, actor, org, g.Name, pkg)
	case views.DoRemovePackage:
		return groupChange{"Removed " + name + " from " + g.Name + ".", "items", packageAgain(p, name)}, ui.Registry.DetachPackage(ctx, actor, org, g.Name, name)
	case views.DoLevel:
		return ui.setLevel(r, p, name)
	case views.DoPermission:
		permission, err := model.ParsePermission(r.PostFormValue("permission"))
		if err == nil {
			err = ui.Registry.UpdateGroup(ctx, actor, org, g.Name, permission, r.PostFormValue("all_packages") != "")
		}
		return groupChange{said: "Saved the permission of " + g.Name + ".", focus: "permission-t"}, err
	}
	return groupChange{}, model.Errorf(model.Invalid, "This form is not one of the page's. Reload the page and try again.")
}

// again is what a form sends to put something back.
func again(do string, pairs ...string) []views.Hidden {
	fields := []views.Hidden{{Name: "do", Value: do}}
	for i := 0; i < len(pairs); i += 2 {
		fields = append(fields, views.Hidden{Name: pairs[i], Value: pairs[i+1]})
	}
	return fields
}

// packageAgain puts a package of a group back at the level that it has now.
func packageAgain(p views.GroupProps, name string) []views.Hidden {
	for _, item := range p.Items {
		if item.Name == name && item.Level != p.Group.Permission {
			return again(views.DoLevel, "name", name, "level", item.Level.String())
		}
	}
	return again(views.DoAddPackage, "package", name)
}

// setLevel puts a group's level on a package.
func (ui *Surface) setLevel(r *http.Request, p views.GroupProps, pkg string) (groupChange, error) {
	level, err := model.ParseLevel(r.PostFormValue("level"))
	if err == nil {
		err = ui.Registry.SetLevel(r.Context(), ui.actor(r), p.Organization.Login, p.Group.Name, pkg, level)
	}
	return groupChange{said: p.LevelSaved(pkg, level)}, err
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
	if r.PostFormValue("do") == views.DoLevel { // its radios stand where they should not
		w.Header().Set("HX-Retarget", "#group")
	}
	return ui.drawGroup(w, r, status, p)
}
