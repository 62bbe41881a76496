package store

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// rowsAtOnce bounds the rows of one statement, whose text would grow with them.
const rowsAtOnce = 500

// InsertLabel adds l and sets its ID. It fails with Conflict when the account has
// a label of that name.
func (s *Store) InsertLabel(ctx context.Context, l *model.Label) error {
	_, err := s.write.NewInsert().Model(l).Exec(ctx)
	return classify(err, "label %q", l.Name)
}

// UpdateLabel writes the named columns of l.
func (s *Store) UpdateLabel(ctx context.Context, l *model.Label, columns ...string) error {
	res, err := s.write.NewUpdate().Model(l).Column(columns...).WherePK().Exec(ctx)
	return changed(res, err, "label %q", l.Name)
}

// DeleteLabel removes a label from all files, and itself.
func (s *Store) DeleteLabel(ctx context.Context, id int64) error {
	res, err := s.write.NewDelete().Model((*model.Label)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, "label %d", id)
}

// AddLabelToFiles puts a label on files, some of which may carry it already.
func (s *Store) AddLabelToFiles(ctx context.Context, labelID int64, fileIDs []int64) error {
	return s.InTx(ctx, func(tx *Store) error {
		for some := range slices.Chunk(fileIDs, rowsAtOnce) {
			rows := make([]fileLabel, len(some))
			for i, id := range some {
				rows[i] = fileLabel{FileID: id, LabelID: labelID}
			}
			if _, err := tx.write.NewInsert().Model(&rows).On("CONFLICT DO NOTHING").Exec(ctx); err != nil {
				return classify(err, "label %d files", len(fileIDs))
			}
		}
		return nil
	})
}

// RemoveLabelFromFiles takes a label off files, some of which may not carry it.
func (s *Store) RemoveLabelFromFiles(ctx context.Context, labelID int64, fileIDs []int64) error {
	return s.InTx(ctx, func(tx *Store) error {
		for some := range slices.Chunk(fileIDs, rowsAtOnce) {
			_, err := tx.write.NewDelete().Model((*fileLabel)(nil)).Where("label_id = ? AND file_id IN (?)", labelID, bun.List(some)).Exec(ctx)
			if err != nil {
				return classify(err, "take a label off %d files", len(fileIDs))
			}
		}
		return nil
	})
}
