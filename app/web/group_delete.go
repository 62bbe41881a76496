package web

import (
	"fmt"
	"net/http"

	"vivarium/app/model"
	"vivarium/views"
)

// confirmDeleteGroup asks before a group is deleted.
func (ui *Surface) confirmDeleteGroup(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.groupProps(r)
	if err != nil {
		return err
	}
	if p.Group.Name == model.OwnersGroup {
		return model.Errorf(model.Conflict, "An organization always has its Owners.")
	}
	org, group := p.Organization.Login, p.Group.Name
	heading := "Delete " + group + " of " + org + "?"
	return ui.draw(w, r, http.StatusOK, views.ConfirmPage(ui.layout(r, heading), views.ConfirmProps{
		Crumbs:  []views.Crumb{{Name: org, URL: views.AccountURL(org)}, {Name: "Groups", URL: views.GroupsOfURL(org)}, {Name: group, URL: views.GroupURL(org, group)}, {Name: "Delete"}},
		Heading: heading, Text: loss(p),
		Action: views.DeleteGroupURL(org, group), Button: "Delete " + group, KeepURL: views.GroupURL(org, group),
	}), nil)
}

// loss says what goes with a group.
func loss(p views.GroupProps) string {
	reach := fmt.Sprintf("%d of its packages", len(p.Items))
	if p.Group.AllPackages {
		reach = "all its packages"
	}
	return fmt.Sprintf("Its members (%d) lose what it gives them on %s with their next request. Packages and accounts stay. This cannot be undone.", len(p.Members), reach)
}

// deleteGroup deletes a group.
func (ui *Surface) deleteGroup(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.groupProps(r)
	if err != nil {
		return err
	}
	if err := ui.Registry.DeleteGroup(r.Context(), ui.actor(r), p.Organization.Login, p.Group.Name); err != nil {
		return err
	}
	ui.flash(r, "Deleted "+p.Group.Name+".")
	return ui.redirect(w, r, views.GroupsOfURL(p.Organization.Login))
}
