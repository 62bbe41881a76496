package views

import (
	"testing"

	"vivarium/app/model"
)

func TestGroupListPage(t *testing.T) {
	t.Parallel()
	groups := []model.Group{
		{Name: model.OwnersGroup, Permission: model.Admin, AllPackages: true, Members: 2},
		{Name: "developers", Permission: model.Write, Members: 4, Packages: 9}, {Name: "readers", Permission: model.Read, Members: 1, Packages: 1},
	}
	head := ChannelHead{Account: testLab, Heading: "Groups", Lead: "Who may do what.", Manages: true, Path: GroupsOfURL("reef-lab")}
	p := GroupListProps{ChannelHead: head, Groups: groups, Form: GroupForm{Organization: "reef-lab", Permission: model.Read}}
	p.Matrix = GroupMatrix{Groups: groups, MorePackages: 3, MoreGroups: 1, Rows: []MatrixRow{
		{testPackage, []model.Permission{model.Admin, model.Write, model.Read}}, {testSecret, []model.Permission{model.Admin, model.NoAccess, model.NoAccess}},
	}}
	checkPage(t, "group_list/some", GroupListPage(testLayout("Groups of reef-lab"), p))
	p.Matrix = GroupMatrix{}
	checkPage(t, "group_list/without_packages", GroupListPage(testLayout("Groups of reef-lab"), p))
	f := GroupForm{Organization: "reef-lab", Name: "no good", Permission: model.Write, AllPackages: true, Problems: map[string]string{"name": "It cannot be a name.", "": "Nothing was saved."}}
	checkGolden(t, "group_list/problems", GroupFormPartial(f))
}

func TestWordsOfLevels(t *testing.T) {
	t.Parallel()
	for p, want := range map[model.Permission][3]string{
		model.NoAccess: {"None", "lvl", "not see"}, model.Read: {"Read", "lvl", "see and install"},
		model.Write: {"Write", "lvl lvl--write", "see, install, upload and change"}, model.Admin: {"Admin", "lvl lvl--admin", "do everything with"},
	} {
		if got := [3]string{levelWord(p), levelClass(p), permissionVerb(p)}; got != want {
			t.Errorf("%s: got %q, want %q", p, got, want)
		}
	}
}
