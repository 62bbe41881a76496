package views

import (
	"testing"

	"vivarium/app/model"
)

func TestCollaboratorsPanel(t *testing.T) {
	t.Parallel()
	f := CollaboratorsForm{Owner: "reef-lab", Name: "reefscan", Permission: model.Write}
	checkGolden(t, "package_settings/no_collaborators", CollaboratorsPanel(f))
	f.People = []model.Collaborator{{Login: "casey", Name: canary, Permission: model.Read}, {Login: "dana", Permission: model.Write}}
	f.Said = "Added dana."
	checkGolden(t, "package_settings/collaborators", CollaboratorsPartial(f))
	f.Said, f.Username, f.Permission, f.Problem = "", "nob<ody", model.Read, "Not a user here."
	checkGolden(t, "package_settings/collaborator_problem", CollaboratorsPartial(f))
}

func TestPackageGroupsPanel(t *testing.T) {
	t.Parallel()
	f := PackageGroupsForm{Owner: "reef-lab", Name: "reefscan", Organization: true}
	checkGolden(t, "package_settings/no_groups", PackageGroupsPanel(f))
	f.Groups = []GroupOnPackage{
		{Group: model.Group{Name: model.OwnersGroup, Permission: model.Admin, Members: 2}}, {Group: model.Group{Name: "readers", Permission: model.Read, Members: 1}, Attached: true},
	}
	checkGolden(t, "package_settings/groups_to_an_admin", PackageGroupsPanel(f))
	f.Manages, f.Said = true, "Attached readers."
	checkGolden(t, "package_settings/all_groups", PackageGroupsPartial(f))
	f.Said, f.Others, f.Problem = "", []model.Group{{Name: "developers", Permission: model.Write}}, "It does not exist."
	checkGolden(t, "package_settings/groups_to_an_owner", PackageGroupsPartial(f))
}
