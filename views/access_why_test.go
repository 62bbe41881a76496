package views

import (
	"testing"

	"vivarium/app/model"
)

func TestWhyPage(t *testing.T) {
	t.Parallel()
	p := WhyProps{PackageHead: testHead(), Wants: model.Read, People: []string{"casey", canary}}
	checkPage(t, "access_why/question", WhyPage(testLayout("Who can see reefscan, reef-lab"), p))
	p.User, p.Answered, p.Permission = "casey", true, model.Write
	p.Reasons = []WhyReason{{Rule: "owner", Text: "Is not an owner of reef-lab."}, {Rule: "group developers", Text: canary, Permission: model.Write, Decides: true}}
	checkGolden(t, "access_why/yes", WhyPartial(p))
	p.Wants = model.Admin
	checkGolden(t, "access_why/no", WhyPartial(p))
	p.User, p.Reasons, p.Permission = "", nil, model.NoAccess
	checkGolden(t, "access_why/nobody", WhyPartial(p))
	checkGolden(t, "access_why/problem", WhyPartial(WhyProps{PackageHead: testHead(), User: "nob<ody", Problem: "Not a user here."}))
}
