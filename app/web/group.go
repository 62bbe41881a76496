package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/views"
)

// showGroups lists the groups that the person is in.
func (ui *Surface) showGroups(w http.ResponseWriter, r *http.Request) error {
	person := visitorOf(r).person
	memberships, err := ui.Registry.Memberships(r.Context(), person)
	if err != nil {
		return err
	}
	layout := ui.layout(r, "Group Membership of "+person.Login)
	props := views.GroupsProps{Login: person.Login, Organizations: byOrganization(memberships), Now: layout.Now}
	return ui.draw(w, r, http.StatusOK, views.GroupsPage(layout, props), nil)
}

// byOrganization gathers memberships that stand in a row by organization.
func byOrganization(memberships []model.Membership) []views.GroupsOf {
	var all []views.GroupsOf
	for _, m := range memberships {
		if len(all) == 0 || all[len(all)-1].Organization != m.Organization {
			all = append(all, views.GroupsOf{Organization: m.Organization})
		}
		last := &all[len(all)-1]
		last.Groups = append(last.Groups, m)
		last.Owner = last.Owner || m.Group == model.OwnersGroup
	}
	return all
}

// confirmLeave asks before the person leaves a group.
func (ui *Surface) confirmLeave(w http.ResponseWriter, r *http.Request) error {
	m, err := ui.ownMembership(r)
	if err != nil {
		return err
	}
	return ui.drawLeave(w, r, http.StatusOK, m, "")
}

// leaveGroup takes the person out of a group. The last owner is told to find
// another first.
func (ui *Surface) leaveGroup(w http.ResponseWriter, r *http.Request) error {
	m, err := ui.ownMembership(r)
	if err != nil {
		return err
	}
	err = ui.Registry.LeaveGroup(r.Context(), visitorOf(r).person, m.Organization, m.Group)
	if model.CodeOf(err) == model.Conflict {
		return ui.drawLeave(w, r, http.StatusConflict, m, model.MessageOf(err))
	}
	if err != nil {
		return err
	}
	ui.flash(r, "You left "+m.Group+" of "+m.Organization+".")
	return ui.redirect(w, r, views.GroupsURL())
}

// ownMembership returns the person's place in the group in the path. A group that
// the person is not in is as good as none.
func (ui *Surface) ownMembership(r *http.Request) (model.Membership, error) {
	memberships, err := ui.Registry.Memberships(r.Context(), visitorOf(r).person)
	if err != nil {
		return model.Membership{}, err
	}
	for _, m := range memberships {
		if m.Organization == model.FoldLogin(r.PathValue("org")) && m.Group == r.PathValue("group") {
			return m, nil
		}
	}
	return model.Membership{}, model.Errorf(model.NotFound, "You are not in this group.")
}

func (ui *Surface) drawLeave(w http.ResponseWriter, r *http.Request, status int, m model.Membership, problem string) error {
	heading := "Leave " + m.Group + " of " + m.Organization + "?"
	layout := ui.layout(r, heading)
	layout.Path, layout.Failed = views.GroupsURL(), problem != ""
	props := views.ConfirmProps{
		Crumbs:  []views.Crumb{{Name: "Group Membership", URL: views.GroupsURL()}, {Name: "Leave"}},
		Heading: heading, Text: "You lose what it gives you with your next request. Only an owner of " + m.Organization + " can add you again.",
		Action: views.LeaveGroupURL(m.Organization, m.Group), Button: "Leave " + m.Group + " of " + m.Organization,
		KeepURL: views.GroupsURL(), Problem: problem,
	}
	return ui.draw(w, r, status, views.ConfirmPage(layout, props), nil)
}
