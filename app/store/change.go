package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// AppendChanges adds lines to the channel's change log and returns the number of
// the last. It sets AccountID, Seq and At of each. Without lines it returns the
// current number and changes nothing. The access that the packages have at the
// call decides for whom the index changed: whoever narrows or deletes a package
// calls before that.
func (s *Store) AppendChanges(ctx context.Context, accountID int64, at time.Time, changes []model.IndexChange) (seq int64, err error) {
	err = s.InTx(ctx, func(tx *Store) error {
		if len(changes) == 0 {
			a, err := tx.AccountByID(ctx, accountID)
			seq = a.Seq
			return err
		}
		widest, err := tx.widestAccess(ctx, accountID, changes)
		if err != nil {
			return err
		}
		if seq, err = tx.raiseSeq(ctx, accountID, at, len(changes), widest); err != nil {
			return err
		}
		for i := range changes {
			c := &changes[i]
			c.AccountID, c.Seq, c.At = accountID, seq-int64(len(changes)-1-i), at
		}
		for some := range slices.Chunk(changes, rowsAtOnce) {
			if _, err := tx.write.NewInsert().Model(&some).Exec(ctx); err != nil {
				return classify(err, "change log of account %d", accountID)
			}
		}
		return nil
	})
	return seq, err
}

// widestAccess is the widest access that a package of changes has. Packages that
// are not there, and lines for all packages, count as public.
func (s *Store) widestAccess(ctx context.Context, accountID int64, changes []model.IndexChange) (model.Access, error) {
	names := map[string]bool{}
	for _, c := range changes {
		names[c.Package] = true
	}
	widest := model.Private
	for some := range slices.Chunk(slices.Sorted(maps.Keys(names)), rowsAtOnce) {
		var found []model.Access
		err := s.write.NewSelect().Table("packages").Column("access").
			Where("account_id = ? AND lookup_name IN (?)", accountID, bun.List(some)).Scan(ctx, &found)
		if err != nil {
			return widest, classify(err, "access of the packages of account %d", accountID)
		}
		if len(found) < len(some) || slices.Contains(found, model.Public) {
			return model.Public, nil
		}
		if slices.Contains(found, model.Authenticated) {
			widest = model.Authenticated
		}
	}
	return widest, nil
}

// raiseSeq takes the numbers from the account's row, so that the order of
// numbers is the order of commits.
func (s *Store) raiseSeq(ctx context.Context, accountID int64, at time.Time, by int, widest model.Access) (seq int64, err error) {
	q := s.write.NewUpdate().Model((*model.Account)(nil)).Set("seq = seq + ?", by).Set("indexed_at = ?", at).
		Where("id = ?", accountID).Returning("seq")
	if widest != model.Private {
		q.Set("authenticated_at = ?", at)
	}
	if widest == model.Public {
		q.Set("public_at = ?", at)
	}
	_, err = q.Exec(ctx, &seq)
	return seq, classify(err, "account %d", accountID)
}

// Changes lists the lines of the channel's change log after a number, ascending.
func (s *Store) Changes(ctx context.Context, accountID, after int64) ([]model.IndexChange, error) {
	var list []model.IndexChange
	err := s.read.NewSelect().Model(&list).Where("account_id = ? AND seq > ?", accountID, after).Order("seq").Scan(ctx)
	return list, classify(err, "list changes")
}
