package views

import "vivarium/app/model"

// CollaboratorsForm lists who has a permission on a package outside of groups,
// and adds to them.
type CollaboratorsForm struct {
	Owner, Name string
	People      []model.Collaborator
	// Username and Permission are what stands in the form.
	Username   string
	Permission model.Permission
	Problem    string
	Said       string
	Removed    Removal
}

// PackageGroupsForm lists the groups that reach a package, and attaches others.
type PackageGroupsForm struct {
	Owner, Name string
	// Organization says that the owner has groups at all; Manages, that the
	// viewer may change them.
	Organization, Manages bool
	Groups                []GroupOnPackage
	// Others are the groups that can be attached.
	Others  []model.Group
	Problem string
	Said    string
	Removed Removal
}

// GroupOnPackage is a group that reaches a package. Attached is false for those
// that reach all of the organization's.
type GroupOnPackage struct {
	model.Group
	Attached bool
}

// The values of do of the panels about rights.
const (
	DoAddCollaborator    = "add-collaborator"
	DoRemoveCollaborator = "remove-collaborator"
	DoAttachGroup        = "attach-group"
	DoDetachGroup        = "detach-group"
)

func (f CollaboratorsForm) options() []Option {
	return permissionOptions(f.Permission, model.Read, model.Write)
}

func (f PackageGroupsForm) options() []Option { return groupOptions(f.Others, "") }

func (f PackageGroupsForm) count() string {
	return plural(len(f.Groups), "group reaches it", "groups reach it")
}
