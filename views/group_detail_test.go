package views

import (
	"testing"

	"vivarium/app/model"
)

func testGroup() GroupProps {
	return GroupProps{
		Organization: testLab,
		Group:        model.Group{Name: "field-tools", Permission: model.Write, Members: 2, Packages: 1},
		Members:      []model.Account{{Login: "brook", Name: canary}, {Login: "casey"}},
		Items:        []GroupItem{{testSecret, model.Admin}},
	}
}

func TestGroupPage(t *testing.T) {
	t.Parallel()
	some := testGroup()
	owners := GroupProps{Organization: testLab, Group: model.Group{Name: model.OwnersGroup, Permission: model.Admin, AllPackages: true}, Members: some.Members, Me: "brook"}
	empty := GroupProps{Organization: testLab, Group: model.Group{Name: "readers", Permission: model.Read, AllPackages: true}}
	checkPage(t, "group_detail/some", GroupPage(testLayout("Group field-tools, reef-lab"), some))
	checkPage(t, "group_detail/owners", GroupPage(testLayout("Group Owners, reef-lab"), owners))
	checkPage(t, "group_detail/empty", GroupPage(testLayout("Group readers, reef-lab"), empty))
}

func TestGroupPartials(t *testing.T) {
	t.Parallel()
	p := testGroup()
	p.Said, p.Focus = "Removed dana from field-tools.", "members"
	p.Removed = Removal{Said: p.Said, Action: p.url(), Undo: []Hidden{{"do", DoAddMember}, {"username", "dana"}}}
	checkGolden(t, "group_detail/changed", GroupPartial(p))
	p = testGroup()
	p.Package, p.Problems, p.Found, p.Focus = `re"ef`, map[string]string{"package": "It does not exist."}, []string{"reefscan"}, "package"
	checkGolden(t, "group_detail/package_not_found", GroupPartial(p))
	p = testGroup()
	p.Username, p.Problems, p.Focus = "nob<ody", map[string]string{"username": "Not a user here."}, "username"
	checkGolden(t, "group_detail/user_not_found", GroupPartial(p))
	p.Problems, p.Focus = map[string]string{Refused: "brook is the last owner of reef-lab."}, ""
	checkGolden(t, "group_detail/refused", GroupPartial(p))
}

func TestConfirmPage(t *testing.T) {
	t.Parallel()
	p := ConfirmProps{
		Crumbs: []Crumb{{"Group Membership", GroupsURL()}, {"Leave", ""}}, Heading: "Leave readers of reef-lab?", Text: "You lose what it gives you.",
		Action: LeaveGroupURL("reef-lab", "readers"), Button: "Leave readers of reef-lab", KeepURL: GroupsURL(),
	}
	checkPage(t, "group_detail/confirm", ConfirmPage(testLayout(p.Heading), p))
	p.Problem = "brook is the last owner of reef-lab."
	checkPage(t, "group_detail/confirm_refused", ConfirmPage(testLayout(p.Heading), p))
}
