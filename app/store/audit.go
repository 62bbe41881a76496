package store

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// InsertAudit adds a line to the audit log and sets its ID. It belongs to the
// account that has its login at this moment, if any.
func (s *Store) InsertAudit(ctx context.Context, a *model.AuditLine) error {
	_, err := s.write.NewInsert().Model(a).ModelTableExpr("audit").
		Value("account_id", "(SELECT id FROM accounts WHERE login = ?)", a.Account).Returning("id").Exec(ctx)
	return classify(err, "write the audit log")
}

// InsertAudits adds several lines to the audit log, in their order, and notes in
// them whose they are.
func (s *Store) InsertAudits(ctx context.Context, lines []model.AuditLine) error {
	return s.InTx(ctx, func(tx *Store) error {
		if err := tx.nameOwners(ctx, lines); err != nil {
			return err
		}
		for some := range slices.Chunk(lines, rowsAtOnce) {
			if _, err := tx.write.NewInsert().Model(&some).ModelTableExpr("audit").Returning("NULL").Exec(ctx); err != nil {
				return classify(err, "write the audit log")
			}
		}
		return nil
	})
}

// nameOwners notes in lines whose account's they are, by its login at this moment,
// where that is not said.
func (s *Store) nameOwners(ctx context.Context, lines []model.AuditLine) error {
	ids := map[string]int64{}
	for i := range lines {
		if lines[i].AccountID != 0 {
			continue
		}
		login := lines[i].Account
		if _, known := ids[login]; !known {
			a, err := s.Account(ctx, login)
			if err != nil && model.CodeOf(err) != model.NotFound {
				return err
			}
			ids[login] = a.ID
		}
		lines[i].AccountID = ids[login]
	}
	return nil
}

// AuditQuery selects audit lines.
type AuditQuery struct {
	AccountIDs []int64 // none: of all, those that are gone among them
	Account    string  // the login that the account had then; empty: any
	Actor      string  // empty: any
	On         string  // the account's login then, or a part of the subject; empty: any
	Action     string  // noun.verb, or a noun for all of its verbs; empty: any
	Since      time.Time
	Until      time.Time // what was before it; zero: up to now
	Before     int64     // an ID: only what is older than that line; 0: from the newest on
	Offset     int
	Limit      int      // 0: no limit
	Nouns      []string // none: any
}

// AuditPage lists audit lines, newest first.
func (s *Store) AuditPage(ctx context.Context, want AuditQuery) ([]model.AuditLine, error) {
	var list []model.AuditLine
	q := s.selectAudit(&list, want).Order("at DESC", "id DESC").Limit(int64(want.Limit))
	if want.Offset > 0 {
		q.Offset(int64(want.Offset))
	}
	return list, classify(q.Scan(ctx), "read the audit log")
}

// CountAudit counts the lines that AuditPage lists when there is no limit.
func (s *Store) CountAudit(ctx context.Context, want AuditQuery) (int, error) {
	n, err := s.selectAudit((*model.AuditLine)(nil), want).Count(ctx)
	return int(n), classify(err, "count the audit log")
}

func (s *Store) selectAudit(into any, want AuditQuery) *bun.SelectQuery {
	q := s.read.NewSelect().Model(into).ModelTableExpr("audit AS audit_line")
	if len(want.AccountIDs) > 0 {
		q.Where("account_id IN (?)", bun.List(want.AccountIDs))
	}
	if want.Account != "" {
		q.Where("account = ?", want.Account)
	}
	if want.Actor != "" {
		q.Where("actor = ?", want.Actor)
	}
	if want.On != "" {
		q.Where("(account = ? OR instr(subject, ?) > 0)", want.On, want.On)
	}
	if want.Action != "" {
		q.Where("(action = ? OR substr(action, 1, ?) = ?)", want.Action, len(want.Action)+1, want.Action+".")
	}
	if len(want.Nouns) > 0 {
		q.Where("substr(action, 1, instr(action, '.') - 1) IN (?)", bun.List(want.Nouns))
	}
	if !want.Since.IsZero() {
		q.Where("at >= ?", want.Since)
	}
	if !want.Until.IsZero() {
		q.Where("at < ?", want.Until)
	}
	if want.Before != 0 {
		q.Where("(at, id) < (SELECT at, id FROM audit WHERE id = ?)", want.Before)
	}
	return q
}
