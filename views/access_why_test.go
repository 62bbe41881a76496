package views

import (
	"testing"

	"vivarium/app/model"
)

func TestWhyPage(t *testing.T) {
	t.Parallel()
	p := WhyProps{PackageHead: testHead(), Wants: model.Read, People: []string{"casey", canary}}
	checkPage(t, "access_why/question", WhyPage(testLayout("Who can see reefscan, reef-lab"), p))
	p.User, p.Answered, p.Allowed, p.Permission = "casey", true, true, model.Write
	p.Reasons = []WhyReason{{Rule: "owner", Text: "Is not an owner of reef-lab."}, {Rule: "group developers", Text: canary, Permission: model.Write, Decides: true}}
	checkGolden(t, "access_why/yes", WhyPartial(p))
	p.Wants, p.Allowed = model.Admin, false
	p.Remedies = []WhyRemedy{{Text: "Add casey to the group " + canary + ".", Page: "Group managers", URL: GroupURL("reef-lab", "managers")}, {Text: "Ask somebody."}}
	checkGolden(t, "access_why/no", WhyPartial(p))
	p.Remedies = nil
	p.User, p.Reasons, p.Permission = "", nil, model.NoAccess
	checkGolden(t, "access_why/nobody", WhyPartial(p))
	any := WhyProps{Manages: true, Wants: model.Read, User: "casey", Find: "ree<f", Found: []string{"reefscan", canary}, Lost: "It does not exist."}
	any.Package.Owner = "reef-lab"
	checkPage(t, "access_why/any", WhyPage(testLayout("Who can see, reef-lab"), any))
	checkGolden(t, "access_why/found", WhyFoundPartial(any))
	checkGolden(t, "access_why/problem", WhyPartial(WhyProps{PackageHead: testHead(), User: "nob<ody", Problem: "Not a user here."}))
}
