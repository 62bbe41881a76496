package views

import "vivarium/app/model"

// MembersProps is the page of an organization's people.
type MembersProps struct {
	ChannelHead
	Members []Member
	Groups  []model.Group
	Form    MemberForm
	// Refused says why somebody could not be removed.
	Refused string
	// Said is read out; Focus says that the heading takes the focus.
	Said    string
	Focus   bool
	Removed Removal
}

// Member is one person with the groups that they are in.
type Member struct {
	Account model.Account
	Groups  []string
	Owner   bool
	// Self says that it is the viewer, who leaves on the page of their groups.
	Self bool
}

// MemberForm puts somebody into a group.
type MemberForm struct {
	Username, Group string
	// Problems are by field: username, group.
	Problems map[string]string
}

// options are the groups, with the chosen one; the first that is not Owners when
// none is.
func (p MembersProps) options() []Option {
	chosen := p.Form.Group
	for _, g := range p.Groups {
		if chosen == "" && g.Name != model.OwnersGroup {
			chosen = g.Name
		}
	}
	return groupOptions(p.Groups, chosen)
}

func (p MembersProps) told() string {
	for _, text := range []string{p.Said, p.Refused, p.Form.Problems["username"], p.Form.Problems["group"]} {
		if text != "" {
			return text
		}
	}
	return ""
}
