package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// moving is what a package takes with it to another account, and what it leaves
// behind: ?0 is the package, ?1 the account that gets it, ?2 the moment. A label is
// the account's, so files get those of the same names there, made if need be.
var moving = []string{
	`UPDATE packages SET account_id = ?1, modified_at = ?2 WHERE id = ?0`,
	`UPDATE stages SET account_id = ?1 WHERE package_id = ?0`,
	`INSERT INTO labels (account_id, name, locked, created_at)
		SELECT DISTINCT ?1, here.name, 0, ?2 FROM labels AS here
		JOIN file_labels AS fl ON fl.label_id = here.id JOIN files AS f ON f.id = fl.file_id
		WHERE f.package_id = ?0
		ON CONFLICT (account_id, name) DO NOTHING`,
	`UPDATE file_labels SET label_id = (
			SELECT there.id FROM labels AS here JOIN labels AS there ON there.name = here.name
			WHERE here.id = file_labels.label_id AND there.account_id = ?1)
		WHERE file_id IN (SELECT id FROM files WHERE package_id = ?0)`,
	`DELETE FROM group_packages WHERE package_id = ?0`,
	`DELETE FROM collaborators WHERE package_id = ?0`,
}

// MovePackage gives a package to another account, with all its files, which are as
// files says now: their IndexedAt and records are written. Stars, downloads and
// places in collections stay with it; groups and collaborators lose it. It fails
// with Conflict when the account has a package, or a file, of that name.
func (s *Store) MovePackage(ctx context.Context, id, accountID int64, files []model.File, at time.Time) error {
	return s.InTx(ctx, func(tx *Store) error {
		for _, statement := range moving {
			if _, err := tx.write.NewRaw(statement, id, accountID, at).Exec(ctx); err != nil {
				return classify(err, "package %d", id)
			}
		}
		return tx.moveFiles(ctx, accountID, files)
	})
}

// movedFile is what of a file's row another channel changes.
type movedFile struct {
	bun.BaseModel `bun:"table:files,alias:file"`

	ID             int64           `bun:"id,pk"`
	AccountID      int64           `bun:"account_id"`
	IndexedAt      time.Time       `bun:"indexed_at,nullzero"`
	Record         json.RawMessage `bun:"record"`
	OriginalRecord json.RawMessage `bun:"original_record"`
}

func (s *Store) moveFiles(ctx context.Context, accountID int64, files []model.File) error {
	rows := make([]movedFile, len(files))
	for i, f := range files {
		rows[i] = movedFile{ID: f.ID, AccountID: accountID, IndexedAt: f.IndexedAt, Record: f.Record, OriginalRecord: f.OriginalRecord}
	}
	for some := range slices.Chunk(rows, rowsAtOnce) {
		if _, err := s.write.NewUpdate().Model(&some).Bulk().Exec(ctx); err != nil {
			return classify(err, "one of these files")
		}
	}
	return nil
}
