package sitedump

import (
	"encoding/json"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/moving"
)

// accountForm is an account as the original writes it.
type accountForm struct {
	Login       moving.Text `json:"login"`
	Kind        moving.Text `json:"user_type"`
	Name        moving.Text `json:"name"`
	Email       moving.Text `json:"email"`
	Description moving.Text `json:"description"`
	Groups      groups      `json:"groups"`
}

// groups are those of an organization, or those that a user is in.
type groups struct {
	own []groupForm
	in  []string // organization/group
}

// UnmarshalJSON passes over what is no group.
func (g *groups) UnmarshalJSON(raw []byte) error {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	for _, one := range list {
		var form groupForm
		var name moving.Text
		switch {
		case json.Unmarshal(one, &form) != nil:
			_ = name.UnmarshalJSON(one)
			g.in = append(g.in, string(name))
		case form.Organization+form.Org+form.Owner != "":
			g.in = append(g.in, string(form.Organization.Or(form.Org).Or(form.Owner)+"/"+form.Name))
		case form.Name != "":
			g.own = append(g.own, form)
		}
	}
	return nil
}

// groupForm is a group with its people and packages.
type groupForm struct {
	Name         moving.Text         `json:"name"`
	Organization moving.Text         `json:"organization"` // where a user says it
	Org          moving.Text         `json:"org"`
	Owner        moving.Text         `json:"owner"`
	Permission   moving.Text         `json:"permission"`
	Perms        moving.Text         `json:"perms"`
	Members      []moving.PersonForm `json:"members"`
	Users        []moving.PersonForm `json:"users"`
	Packages     []moving.PersonForm `json:"packages"`
	Repos        []moving.PersonForm `json:"repos"`
}

// membership is what a user says of a group.
type membership struct{ user, organization, group string }

func (f accountForm) memberships(user string) []membership {
	var list []membership
	for _, name := range f.Groups.in {
		if org, group, ok := strings.Cut(name, "/"); ok {
			list = append(list, membership{user, org, group})
		}
	}
	return list
}

// enter puts the user among the group's members, if its organization tells of the
// group.
func (m membership) enter(accounts []moving.Account) {
	for _, a := range accounts {
		if !strings.EqualFold(a.Login, m.organization) {
			continue
		}
		for i := range a.Groups {
			if g := &a.Groups[i]; strings.EqualFold(g.Name, m.group) && !slices.Contains(g.Members, m.user) {
				g.Members = append(g.Members, m.user)
			}
		}
	}
}

func (f accountForm) account(folder string) moving.Account {
	a := moving.Account{
		Login: string(f.Login.Or(moving.Text(folder))), Name: string(f.Name), Email: string(f.Email), Description: string(f.Description), Kind: model.User,
	}
	if strings.HasPrefix(string(f.Kind), "org") || f.Kind == "" && len(f.Groups.own) > 0 {
		a.Kind = model.Organization
	}
	for _, g := range f.Groups.own {
		a.Groups = append(a.Groups, g.group())
	}
	return a
}

func (g groupForm) group() moving.Group {
	to := moving.Group{Name: string(g.Name), Permission: permissionOf(string(g.Permission.Or(g.Perms)))}
	for _, m := range append(g.Members, g.Users...) {
		to.Members = append(to.Members, m.Login)
	}
	for _, p := range append(g.Packages, g.Repos...) {
		name := p.Login
		if _, after, ok := strings.Cut(name, "/"); ok { // owner/name
			name = after
		}
		to.Packages = append(to.Packages, name)
	}
	return to
}

// permissionOf reads the API's words and those of the original's pages: Read-Only,
// Read-Write, Administration. What is none of them is the least.
func permissionOf(word string) model.Permission {
	switch word = strings.ToLower(word); {
	case strings.HasPrefix(word, "admin"):
		return model.Admin
	case strings.Contains(word, "write"):
		return model.Write
	}
	return model.Read
}
