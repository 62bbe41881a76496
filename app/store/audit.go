package store

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// InsertAudit adds a line to the audit log and sets its ID.
func (s *Store) InsertAudit(ctx context.Context, a *model.AuditLine) error {
	_, err := s.write.NewInsert().Model(a).ModelTableExpr("audit").Exec(ctx)
	return classify(err, "write the audit log")
}

// InsertAudits adds several lines to the audit log, in their order.
func (s *Store) InsertAudits(ctx context.Context, lines []model.AuditLine) error {
	return s.InTx(ctx, func(tx *Store) error {
		for some := range slices.Chunk(lines, rowsAtOnce) {
			if _, err := tx.write.NewInsert().Model(&some).ModelTableExpr("audit").Returning("NULL").Exec(ctx); err != nil {
				return classify(err, "write the audit log")
			}
		}
		return nil
	})
}

// AuditQuery selects audit lines.
type AuditQuery struct {
	Accounts []string // logins; none: all
	Action   string   // noun.verb, or a noun for all of its verbs; empty: any
	Since    time.Time
	Before   int64 // an ID: only what is older than that line; 0: from the newest on
	Limit    int   // 0: no limit
}

// AuditPage lists audit lines, newest first.
func (s *Store) AuditPage(ctx context.Context, want AuditQuery) ([]model.AuditLine, error) {
	var list []model.AuditLine
	q := s.read.NewSelect().Model(&list).ModelTableExpr("audit AS audit_line").Order("at DESC", "id DESC").Limit(int64(want.Limit))
	if len(want.Accounts) > 0 {
		q.Where("account IN (?)", bun.List(want.Accounts))
	}
	if want.Action != "" {
		q.Where("(action = ? OR substr(action, 1, ?) = ?)", want.Action, len(want.Action)+1, want.Action+".")
	}
	if !want.Since.IsZero() {
		q.Where("at >= ?", want.Since)
	}
	if want.Before != 0 {
		q.Where("(at, id) < (SELECT at, id FROM audit WHERE id = ?)", want.Before)
	}
	return list, classify(q.Scan(ctx), "read the audit log")
}
