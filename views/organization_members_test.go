package views

import (
	"testing"

	"vivarium/app/model"
)

func TestMembersPage(t *testing.T) {
	t.Parallel()
	p := MembersProps{
		ChannelHead: ChannelHead{Account: testLab, Heading: "Members", Manages: true, Path: MembersURL("reef-lab")},
		Members:     []Member{{Account: model.Account{Login: "brook", Name: canary}, Groups: []string{"readers", model.OwnersGroup}, Owner: true, Self: true}, {Account: model.Account{Login: "casey"}, Groups: []string{"readers"}}},
		Groups:      []model.Group{{Name: model.OwnersGroup, Permission: model.Admin}, {Name: "readers", Permission: model.Read}},
	}
	checkPage(t, "organization/members", MembersPage(testLayout("Members of reef-lab"), p))
	p.Form = MemberForm{Username: "nob<ody", Group: "readers", Problems: map[string]string{"username": "Not a user here."}}
	checkGolden(t, "organization/members_problem", MembersPartial(p))
	p.Form, p.Refused = MemberForm{}, "brook is the last owner of reef-lab."
	checkGolden(t, "organization/members_refused", MembersPartial(p))
	p.Refused, p.Said, p.Focus = "", "Removed dana from reef-lab.", true
	p.Removed = Removal{Said: p.Said}
	checkGolden(t, "organization/members_changed", MembersPartial(p))
}
