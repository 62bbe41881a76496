package store

import (
	"context"

	"vivarium/app/model"
)

// InsertAudit adds a line to the audit log and sets its ID.
func (s *Store) InsertAudit(ctx context.Context, a *model.AuditLine) error {
	_, err := s.write.NewInsert().Model(a).ModelTableExpr("audit").Exec(ctx)
	return classify(err, "write the audit log")
}

// AuditLines lists the audit lines that concern an account, or all when it is
// empty, newest first. A limit of 0 is none.
func (s *Store) AuditLines(ctx context.Context, account string, limit int) ([]model.AuditLine, error) {
	var list []model.AuditLine
	q := s.read.NewSelect().Model(&list).ModelTableExpr("audit AS audit_line").Order("at DESC", "id DESC").Limit(int64(limit))
	if account != "" {
		q.Where("account = ?", account)
	}
	return list, classify(q.Scan(ctx), "read the audit log")
}
