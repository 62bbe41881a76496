package views

import (
	"strings"
	"testing"

	"vivarium/app/model"
)

func TestAuditPage(t *testing.T) {
	t.Parallel()
	p := AuditProps{URL: AuditURL("reef-lab"), Name: "reef-lab", Login: "reef-lab", Now: testNow, Total: 2, Rows: 100, Lines: []model.AuditLine{
		{At: testNow.AddDate(0, 0, -1), Actor: "brook", Account: "reef-lab", Action: "group.create", Subject: "reef-lab/readers", Detail: "read", RemoteAddr: "192.0.2.1", Client: canary + strings.Repeat("x", 60)},
		{At: testNow, Actor: "ci-reef", Account: "reef-lab", TokenName: "ci-nightly", Action: "file.publish", Subject: "reef-lab/reefscan", Client: "pixi/0.59"},
	}}
	checkPage(t, "audit/some", AuditPage(testLayout("Audit log of reef-lab"), p))
	site := p
	site.Lines = append(site.Lines, model.AuditLine{At: testNow, Actor: "brook", Account: "reef-lab", Action: "invitation.create", Subject: "dana@reef.example", Detail: "readers"},
		model.AuditLine{At: testNow, Actor: "brook", Account: "reef-lab", Action: "token.create", Subject: "ci", Detail: "repos"})
	site.URL, site.Name, site.Login, site.Site = SiteAuditURL(), "site", "", true
	checkPage(t, "audit/site", AuditPage(testLayout("Audit log · Administration"), site))
	own := p
	own.URL, own.Name, own.Login, own.Personal = OwnAuditURL(), "brook", "", true
	checkPage(t, "audit/own", AuditPage(testLayout("Audit log of brook"), own))
	p.Total, p.Offset, p.Filter = 418, 200, AuditFilter{Who: canary, Action: "group", On: "x&y", Since: "2026-11-01", Until: "2026-11-22"}
	checkGolden(t, "audit/filtered", AuditPartial(p))
	p.Lines, p.Total, p.Offset = nil, 0, 0
	checkGolden(t, "audit/no_match", AuditPartial(p))
	checkGolden(t, "audit/none", AuditLines(AuditProps{URL: AuditURL("reef-lab"), Login: "reef-lab"}))
	checkPage(t, "audit/problem", AuditPage(testLayout("Audit log of reef-lab"), AuditProps{
		URL: AuditURL("reef-lab"), Name: "reef-lab", Login: "reef-lab", Filter: AuditFilter{Since: "yesterday"}, Problems: map[string]string{"since": "Give a day."},
	}))
}
