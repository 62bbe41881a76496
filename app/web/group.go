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
