package store

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func TestAudit(t *testing.T) {
	t.Parallel()
	s, ctx := openTest(t), t.Context()
	lines := []model.AuditLine{
		{At: noon, Actor: "ada", Account: "labs", Action: "token.create", Subject: "labs/ci", Detail: "d", TokenName: "t", RemoteAddr: "::1", Client: "c"},
		{At: noon.Add(time.Second), Actor: "ada", Account: "ada", Action: "file.create"},
		{At: noon, Actor: "operator", Account: "labs", Action: "label.create"},
	}
	for i := range lines {
		check(t, s.InsertAudit(ctx, &lines[i]))
	}
	same(t, "all", get(s.AuditPage(ctx, AuditQuery{}))(t), []model.AuditLine{lines[1], lines[2], lines[0]})
	same(t, "newest", get(s.AuditPage(ctx, AuditQuery{Limit: 1}))(t), lines[1:2])
	same(t, "after the newest", get(s.AuditPage(ctx, AuditQuery{Before: lines[1].ID}))(t), []model.AuditLine{lines[2], lines[0]})
	same(t, "after the second", get(s.AuditPage(ctx, AuditQuery{Before: lines[2].ID, Limit: 1}))(t), lines[:1])
	same(t, "after the last", get(s.AuditPage(ctx, AuditQuery{Before: lines[0].ID}))(t), []model.AuditLine(nil))
	same(t, "after no line", get(s.AuditPage(ctx, AuditQuery{Before: 99}))(t), []model.AuditLine(nil))
	same(t, "of labs", get(s.AuditPage(ctx, AuditQuery{Accounts: []string{"labs"}, Limit: 9}))(t), []model.AuditLine{lines[2], lines[0]})
}
