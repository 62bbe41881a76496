package store

import (
	"context"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// DeleteFiles removes the rows of files; their bytes are for gc.
func (s *Store) DeleteFiles(ctx context.Context, ids []int64) error {
	return s.inChunks(ctx, ids, func(tx *Store, some []int64) error {
		_, err := tx.write.NewDelete().Model((*model.File)(nil)).Where("id IN (?)", bun.List(some)).Exec(ctx)
		return classify(err, "delete %d files", len(ids))
	})
}

// YankFiles marks files as yanked, for a reason. Those that are yanked already stay
// so since then.
func (s *Store) YankFiles(ctx context.Context, ids []int64, reason string, at time.Time) error {
	return s.inChunks(ctx, ids, func(tx *Store, some []int64) error {
		_, err := tx.write.NewUpdate().Model((*model.File)(nil)).
			Set("yanked_at = coalesce(yanked_at, ?)", at).Set("yank_reason = ?", reason).Where("id IN (?)", bun.List(some)).Exec(ctx)
		return classify(err, "yank %d files", len(ids))
	})
}

// UnyankFiles takes back what YankFiles did.
func (s *Store) UnyankFiles(ctx context.Context, ids []int64) error {
	return s.inChunks(ctx, ids, func(tx *Store, some []int64) error {
		_, err := tx.write.NewUpdate().Model((*model.File)(nil)).
			Set("yanked_at = NULL").Set("yank_reason = ''").Where("id IN (?)", bun.List(some)).Exec(ctx)
		return classify(err, "take back the yank of %d files", len(ids))
	})
}

// inChunks runs fn for some of the ids at a time, in one transaction.
func (s *Store) inChunks(ctx context.Context, ids []int64, fn func(tx *Store, some []int64) error) error {
	return s.InTx(ctx, func(tx *Store) error {
		for some := range slices.Chunk(ids, rowsAtOnce) {
			if err := fn(tx, some); err != nil {
				return err
			}
		}
		return nil
	})
}
