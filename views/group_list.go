package views

import "vivarium/app/model"

// GroupListProps is the page of an organization's groups.
type GroupListProps struct {
	ChannelHead
	Groups []model.Group
	Form   GroupForm
	Matrix GroupMatrix
}

// GroupForm makes a group.
type GroupForm struct {
	Organization string
	Name         string
	Permission   model.Permission
	AllPackages  bool
	// Problems are by field: name, permission.
	Problems map[string]string
}

var groupFormOrder = []Problem{{"name", "Group name"}, {"permission", "Permission"}}

func (f GroupForm) problems() []Problem { return problemsOf(f.Problems, groupFormOrder) }

// GroupMatrix says which group may do what to which package.
type GroupMatrix struct {
	Groups []model.Group
	Rows   []MatrixRow
	// MorePackages and MoreGroups count what there is no room for.
	MorePackages, MoreGroups int
}

// MatrixRow is a package with the permission of each group on it.
type MatrixRow struct {
	Package model.Package
	Levels  []model.Permission
}

// groupReach says what a group's permission reaches.
func groupReach(g model.Group) string {
	if g.AllPackages {
		return "all packages"
	}
	return plural(g.Packages, "package", "packages")
}

// everyone is what people have without any group.
func everyone(a model.Access) string {
	if a == model.Private {
		return "None"
	}
	return AccessWord(a)
}
