package store

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func TestAudit(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, labs := w.user("ada"), w.account("labs", model.Organization)
	lines := []model.AuditLine{
		{At: noon, Actor: "ada", Account: "labs", Action: "token.create", Subject: "labs/ci", Detail: "d", TokenName: "t", RemoteAddr: "::1", Client: "c"},
		{At: noon.Add(time.Second), Actor: "ada", Account: "ada", Action: "file.create"},
		{At: noon, Actor: "operator", Account: "labs", Action: "label.create"},
		{At: noon.Add(-time.Second), Actor: "operator", Account: "gone", Action: "tokens.create"},
	}
	for i := range lines {
		check(t, w.InsertAudit(ctx, &lines[i]))
	}
	lines[0].AccountID, lines[1].AccountID, lines[2].AccountID = labs.ID, ada.ID, labs.ID
	tests := []struct {
		name string
		want AuditQuery
		at   []int
	}{
		{"all", AuditQuery{}, []int{1, 2, 0, 3}},
		{"newest", AuditQuery{Limit: 1}, []int{1}},
		{"the second page", AuditQuery{Limit: 2, Offset: 2}, []int{0, 3}},
		{"after the newest", AuditQuery{Before: lines[1].ID}, []int{2, 0, 3}},
		{"after the second", AuditQuery{Before: lines[2].ID, Limit: 1}, []int{0}},
		{"after the last", AuditQuery{Before: lines[3].ID}, nil},
		{"after no line", AuditQuery{Before: 99}, nil},
		{"of labs", AuditQuery{AccountIDs: []int64{labs.ID}, Limit: 9}, []int{2, 0}},
		{"of labs and ada", AuditQuery{AccountIDs: []int64{labs.ID, ada.ID}}, []int{1, 2, 0}},
		{"of who is gone", AuditQuery{Account: "gone"}, []int{3}},
		{"by ada", AuditQuery{Actor: "ada"}, []int{1, 0}},
		{"on labs", AuditQuery{On: "labs"}, []int{2, 0}},
		{"on a part of a subject", AuditQuery{On: "s/ci"}, []int{0}},
		{"on nothing with a wildcard", AuditQuery{On: "%"}, nil},
		{"of tokens", AuditQuery{Action: "token"}, []int{0}},
		{"of one verb", AuditQuery{Action: "label.create"}, []int{2}},
		{"from noon on", AuditQuery{Since: noon}, []int{1, 2, 0}},
		{"before noon", AuditQuery{Until: noon}, []int{3}},
		{"in that second", AuditQuery{Since: noon, Until: noon.Add(time.Second)}, []int{2, 0}},
	}
	for _, tt := range tests {
		var want []model.AuditLine
		for _, i := range tt.at {
			want = append(want, lines[i])
		}
		same(t, tt.name, get(w.AuditPage(ctx, tt.want))(t), want)
		if tt.want.Limit == 0 {
			same(t, tt.name+", counted", get(w.CountAudit(ctx, tt.want))(t), len(want))
		}
	}
}

// TestAuditFollowsTheAccount renames one, and gives its login to another.
func TestAuditFollowsTheAccount(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	labs := w.account("labs", model.Organization)
	check(t, w.InsertAudit(ctx, &model.AuditLine{At: noon, Account: "labs", Action: "token.create"}))
	labs.Login = "reef"
	check(t, w.UpdateAccount(ctx, &labs, "login"))
	other := w.account("labs", model.Organization)
	same(t, "of the one renamed", len(get(w.AuditPage(ctx, AuditQuery{AccountIDs: []int64{labs.ID}}))(t)), 1)
	same(t, "of the one that has its login now", len(get(w.AuditPage(ctx, AuditQuery{AccountIDs: []int64{other.ID}}))(t)), 0)
}
