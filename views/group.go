package views

import (
	"time"

	"vivarium/app/model"
)

// GroupsProps is the page of the groups that the person is in.
type GroupsProps struct {
	Login         string
	Organizations []GroupsOf
	Now           time.Time
}

// GroupsOf are the person's groups in one organization.
type GroupsOf struct {
	Organization string
	Owner        bool
	Groups       []model.Membership
}

// lastOwner reports whether an organization would be left without an owner.
func lastOwner(m model.Membership) bool { return m.Group == model.OwnersGroup && m.Members == 1 }

// PermissionWord is the name of a permission on pages.
func PermissionWord(p model.Permission) string {
	switch p {
	case model.Read:
		return "Read-Only"
	case model.Write:
		return "Read-Write"
	case model.Admin:
		return "Administration"
	}
	return "None"
}

func permissionClass(p model.Permission) string {
	switch p {
	case model.Read:
		return "badge badge--info"
	case model.Write:
		return "badge badge--ok"
	case model.Admin:
		return "badge badge--violet"
	}
	return "badge"
}
