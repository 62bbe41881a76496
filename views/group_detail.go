package views

import "vivarium/app/model"

// GroupProps is the page of one group.
type GroupProps struct {
	Organization model.Account
	Group        model.Group
	Members      []model.Account
	Packages     []model.Package
	// Found are packages whose names are like the one that was not found.
	Found []string
	// Username and Package are what stands in the forms.
	Username, Package string
	// Problems are by field: username, package, permission; refused is about
	// the members as they are.
	Problems map[string]string
	// Focus is the id of the heading or field that takes the focus.
	Focus string
	// Said is read out.
	Said string
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

// reach says in one sentence what the group gives.
func (p GroupProps) reach() string {
	switch {
	case p.owners():
		return "Its members own " + p.Organization.Login + ": they may do everything with its packages, and with the organization itself."
	case p.Group.AllPackages:
		return "Its members may " + permissionVerb(p.Group.Permission) + " every package of " + p.Organization.Login + "."
	}
	return "Its members may " + permissionVerb(p.Group.Permission) + " the packages below."
}

// levels are the choices for an item: a group has one permission, which reaches
// an item or does not.
func (p GroupProps) levels() []model.Permission {
	return []model.Permission{model.NoAccess, p.Group.Permission}
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
