package store

import (
	"context"
	"encoding/json"

	"vivarium/app/model"
)

// IndexRecord is what the index of a subdir holds of one conda file.
type IndexRecord struct {
	FileName   string          `bun:"file_name"` // without the subdir
	Package    string          `bun:"package"`   // lookup name
	Record     json.RawMessage `bun:"record"`
	RunExports json.RawMessage `bun:"run_exports"`
	// Patch is what of Record its archive does not have; nil when there is none.
	Patch  json.RawMessage `bun:"patch"`
	Yanked bool            `bun:"yanked"`
}

// CondaRecords lists the records of the channel's conda files in subdir that
// carry the label and are in sight, by file name.
func (s *Store) CondaRecords(ctx context.Context, accountID int64, label, subdir string, sight Sight) ([]IndexRecord, error) {
	var list []IndexRecord
	// EXISTS rather than a join on the label keeps SQLite reading files_subdir,
	// whose order is the answer's, so that no records are sorted in memory.
	err := s.read.NewSelect().TableExpr("files AS file").
		ColumnExpr("substr(file.basename, length(file.subdir) + 2) AS file_name, package.lookup_name AS package").
		ColumnExpr("file.record, file.run_exports, file.patch, file.yanked_at IS NOT NULL AS yanked").
		Join("JOIN packages AS package ON package.id = file.package_id").
		Where("file.account_id = ? AND file.subdir = ? AND file.type = ?", accountID, subdir, model.Conda).
		Where("?", carries(accountID, label)).
		Where("?", sight.condition()).
		OrderExpr("file.basename").Scan(ctx, &list)
	return list, classify(err, "list records of %s", subdir)
}
