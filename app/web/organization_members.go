package web

import (
	"net/http"
	"slices"

	"vivarium/app/model"
	"vivarium/views"
)

// showMembers draws the people of an organization to its owners.
func (ui *Surface) showMembers(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.membersProps(r)
	if err != nil {
		return err
	}
	return ui.drawMembers(w, r, http.StatusOK, p)
}

// changeMembers adds somebody to a group, or takes somebody out of all.
func (ui *Surface) changeMembers(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.membersProps(r)
	if err != nil {
		return err
	}
	switch r.PostFormValue("do") {
	case views.DoAddMember:
		return ui.addMember(w, r, p)
	case views.DoRemoveMember:
		return ui.removeMember(w, r, p, formText(r, "name"))
	}
	return model.Errorf(model.Invalid, "This form is not one of the page's. Reload the page and try again.")
}

func (ui *Surface) addMember(w http.ResponseWriter, r *http.Request, p views.MembersProps) error {
	p.Form = views.MemberForm{Username: formText(r, "username"), Group: r.PostFormValue("group")}
	err := ui.Registry.AddGroupMember(r.Context(), ui.actor(r), p.Account.Login, p.Form.Group, p.Form.Username)
	if model.CodeOf(err) == model.NotFound {
		err = model.FieldErrorf("group", "Choose one of the groups of %s.", p.Account.Login)
	}
	if p.Form.Problems = correctable(err); p.Form.Problems != nil {
		return ui.drawMembers(w, r, http.StatusUnprocessableEntity, p)
	}
	if err != nil {
		return err
	}
	return ui.membersChanged(w, r, p, "Added "+p.Form.Username+" to "+p.Form.Group+".")
}

// removeMember takes somebody out of all groups. The last owner stays.
func (ui *Surface) removeMember(w http.ResponseWriter, r *http.Request, p views.MembersProps, login string) error {
	err := ui.Registry.RemoveFromOrganization(r.Context(), ui.actor(r), p.Account.Login, login)
	switch model.CodeOf(err) {
	case model.NotFound:
		return ui.membersChanged(w, r, p, login+" is no member any more.")
	case model.Conflict:
		p.Refused = model.MessageOf(err)
		return ui.drawMembers(w, r, http.StatusConflict, p)
	}
	if err != nil {
		return err
	}
	said := "Removed " + login + " from " + p.Account.Login + "."
	return ui.membersChanged(w, r, p, said, memberAgain(p, login)...)
}

// memberAgain puts a person back who is in one group. Of several, each would have to
// be asked for.
func memberAgain(p views.MembersProps, login string) []views.Hidden {
	for _, m := range p.Members {
		if m.Account.Login == login && len(m.Groups) == 1 {
			return again(views.DoAddMember, "username", login, "group", m.Groups[0])
		}
	}
	return nil
}

// membersChanged answers a change that was made. Who just removed themselves has
// nothing more to see here.
func (ui *Surface) membersChanged(w http.ResponseWriter, r *http.Request, p views.MembersProps, said string, undo ...views.Hidden) error {
	manages, err := ui.Registry.MayManage(r.Context(), ui.actor(r), p.Account.Login)
	switch {
	case err != nil:
		return err
	case !manages:
		ui.flash(r, said)
		return ui.redirect(w, r, views.GroupsURL())
	case !wantsPartial(r):
		ui.flash(r, said)
		return ui.redirect(w, r, views.MembersURL(p.Account.Login))
	}
	if p, err = ui.membersProps(r); err != nil {
		return err
	}
	p.Said, p.Focus = said, true
	if r.PostFormValue("do") == views.DoRemoveMember {
		p.Removed = views.Removal{Said: said, Action: views.MembersURL(p.Account.Login), Undo: undo}
	}
	return ui.drawMembers(w, r, http.StatusOK, p)
}

func (ui *Surface) membersProps(r *http.Request) (views.MembersProps, error) {
	head, err := ui.organizationHead(r, "Members", "Everyone who is in a group of this organization.", views.MembersURL)
	if err != nil {
		return views.MembersProps{}, err
	}
	p := views.MembersProps{ChannelHead: head}
	if p.Groups, err = ui.Registry.Groups(r.Context(), ui.actor(r), head.Account.Login); err != nil {
		return p, err
	}
	p.Members, err = ui.peopleOf(r, head.Account.Login)
	return p, err
}

// peopleOf lists the people in any group of an organization, by login.
func (ui *Surface) peopleOf(r *http.Request, org string) ([]views.Member, error) {
	list, err := ui.Registry.Members(r.Context(), ui.actor(r), org)
	me := visitorOf(r).person.Login
	var people []views.Member
	for _, m := range list {
		people = append(people, views.Member{Account: m.Account, Groups: m.Groups, Owner: slices.Contains(m.Groups, model.OwnersGroup), Self: m.Account.Login == me})
	}
	return people, err
}

func (ui *Surface) drawMembers(w http.ResponseWriter, r *http.Request, status int, p views.MembersProps) error {
	layout := ui.layout(r, "Members of "+p.Account.Login)
	layout.Failed = status != http.StatusOK
	return ui.draw(w, r, status, views.MembersPage(layout, p), views.MembersPartial(p))
}
