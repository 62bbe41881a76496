package views

import (
	"testing"

	"vivarium/app/model"
)

func TestGroupsPage(t *testing.T) {
	t.Parallel()
	some := GroupsProps{Login: "brook", Now: testNow, Organizations: []GroupsOf{
		{Organization: "reef-lab", Owner: true, Groups: []model.Membership{
			{Organization: "reef-lab", Group: "Owners", Permission: model.Admin, Members: 2, Since: testNow.AddDate(-1, 0, 0)},
			{Organization: "reef-lab", Group: "field <tools>", Permission: model.Write, Members: 1, Since: testNow.AddDate(0, 0, -4)},
		}},
		{Organization: "tide-office", Groups: []model.Membership{{Organization: "tide-office", Group: "readers", Permission: model.Read, Members: 12, Since: testNow}}},
	}}
	checkPage(t, "group/some", GroupsPage(testLayout("Group Membership of brook"), some))
	checkPage(t, "group/none", GroupsPage(testLayout("Group Membership of brook"), GroupsProps{Login: "brook"}))
}

func TestPermissionWords(t *testing.T) {
	t.Parallel()
	for p, want := range map[model.Permission]string{model.NoAccess: "None", model.Read: "Read-Only", model.Write: "Read-Write", model.Admin: "Administration"} {
		if got := PermissionWord(p); got != want {
			t.Errorf("PermissionWord(%s) = %q, want %q", p, got, want)
		}
	}
}
