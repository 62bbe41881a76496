package store

import (
	"context"
	"slices"
	"time"

	"vivarium/app/model"
)

// AppendChanges adds lines to the channel's change log and returns the number of
// the last. It sets AccountID, Seq and At of each. Without lines it returns the
// current number and changes nothing.
func (s *Store) AppendChanges(ctx context.Context, accountID int64, at time.Time, changes []model.IndexChange) (seq int64, err error) {
	err = s.InTx(ctx, func(tx *Store) error {
		if len(changes) == 0 {
			a, err := tx.AccountByID(ctx, accountID)
			seq = a.Seq
			return err
		}
		if seq, err = tx.raiseSeq(ctx, accountID, at, len(changes)); err != nil {
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

// raiseSeq takes the numbers from the account's row, so that the order of
// numbers is the order of commits.
func (s *Store) raiseSeq(ctx context.Context, accountID int64, at time.Time, by int) (seq int64, err error) {
	err = s.write.NewRaw("UPDATE accounts SET seq = seq + ?, indexed_at = ? WHERE id = ? RETURNING seq", by, at, accountID).
		Scan(ctx, &seq)
	return seq, classify(err, "account %d", accountID)
}

// Changes lists the lines of the channel's change log after a number, ascending.
func (s *Store) Changes(ctx context.Context, accountID, after int64) ([]model.IndexChange, error) {
	var list []model.IndexChange
	err := s.read.NewSelect().Model(&list).Where("account_id = ? AND seq > ?", accountID, after).Order("seq").Scan(ctx)
	return list, classify(err, "list changes")
}
