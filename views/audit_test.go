package views

import (
	"strings"
	"testing"

	"vivarium/app/model"
)

func TestAuditPage(t *testing.T) {
	t.Parallel()
	p := AuditProps{Login: "reef-lab", Now: testNow, Lines: []model.AuditLine{
		{At: testNow.AddDate(0, 0, -1), Actor: "brook", Action: "group.create", Subject: "reef-lab/readers", Detail: "read", RemoteAddr: "192.0.2.1", Client: canary + strings.Repeat("x", 60)},
		{At: testNow, Actor: "ci-reef", TokenName: "ci-nightly", Action: "file.publish", Subject: "reef-lab/reefscan"},
	}}
	checkPage(t, "audit/some", AuditPage(testLayout("Audit log of reef-lab"), p))
	p.More, p.Action, p.Since = true, "group", "2026-11-01"
	checkGolden(t, "audit/filtered", AuditPartial(p))
	p.Lines, p.More = nil, false
	checkGolden(t, "audit/no_match", AuditPartial(p))
	checkGolden(t, "audit/none", AuditLines(AuditProps{Login: "reef-lab"}))
	checkPage(t, "audit/problem", AuditPage(testLayout("Audit log of reef-lab"), AuditProps{Login: "reef-lab", Since: "yesterday", Problem: "Give a day."}))
}
