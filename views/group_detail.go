package views

import "vivarium/app/model"

// GroupProps is the page of one group.
type GroupProps struct {
	Organization model.Account
	Group        model.Group
	Members      []model.Account
	// Me is the viewer's login.
	Me    string
	Items []GroupItem
	// Found are packages to add whose names are like what was typed.
	Found []string
	// Searched says that Found was looked for.
	Searched bool
	// Username and Package are what stands in the forms.
	Username, Package string
	// Problems are by field: username, package, permission; refused is about
	// the members as they are.
	Problems map[string]string
	// Focus is the id of the heading or field that takes the focus.
	Focus string
	// Said is read out.
	Said    string
	Removed Removal
}

// GroupItem is a package with the group's level on it.
type GroupItem struct {
	model.Package
	Level model.Permission
}

// The values of do, which tells the forms of the page of a group apart.
const (
	DoAddMember     = "add-member"
	DoRemoveMember  = "remove-member"
	DoAddPackage    = "add-package"
	DoRemovePackage = "remove-package"
	DoLevel         = "level"
	DoPermission    = "permission"
)

// Refused is the key of a problem that belongs to no field.
const Refused = "refused"

func (p GroupProps) owners() bool { return p.Group.Name == model.OwnersGroup }

func (p GroupProps) url() string { return GroupURL(p.Organization.Login, p.Group.Name) }

// reach says in one sentence what the group gives on every package.
func (p GroupProps) reach() string {
	if p.owners() {
		return "Its members own " + p.Organization.Login + ": they may do everything with its packages, and with the organization itself."
	}
	return "Its members may " + permissionVerb(p.Group.Permission) + " every package of " + p.Organization.Login + "."
}

// levels are the choices for an item. A group that reaches all packages can be
// given more on one, not less.
func (p GroupProps) levels() []model.Permission {
	all := []model.Permission{model.NoAccess, model.Read, model.Write, model.Admin}
	if p.Group.AllPackages {
		return all[p.Group.Permission:]
	}
	return all
}

// itemCount is the heading of the list of items.
func (p GroupProps) itemCount() string {
	if p.Group.AllPackages {
		return plural(len(p.Items), "package with a level of its own", "packages with a level of their own")
	}
	return plural(len(p.Items), "package added", "packages added")
}

// noItems says what the list of items is for.
func (p GroupProps) noItems() string {
	if p.Group.AllPackages {
		return "The group reaches every package of " + p.Organization.Login + ". Add one below to give more on it than on the others."
	}
	return "Add a package of " + p.Organization.Login + " below. It gets the group's permission unless you set another level."
}

// found says how many packages there are to add.
func (p GroupProps) found() string {
	if len(p.Found) == 0 {
		return "No package to add has such a name."
	}
	return plural(len(p.Found), "package", "packages") + " to add"
}

// LevelSaved says what a change of the level on an item did.
func (p GroupProps) LevelSaved(item string, level model.Permission) string {
	switch {
	case level == model.NoAccess:
		return "Saved. " + p.Group.Name + " no longer reaches " + item + "."
	case len(p.Members) == 0:
		return "Saved. Who joins " + p.Group.Name + " can " + permissionVerb(level) + " " + item + "."
	}
	return "Saved. " + plural(len(p.Members), "member", "members") + " can now " + permissionVerb(level) + " " + item + "."
}

func (p GroupProps) told() string {
	if p.Said != "" {
		return p.Said
	}
	for _, field := range []string{Refused, "username", "package", "permission"} {
		if text := p.Problems[field]; text != "" {
			return text
		}
	}
	return ""
}
