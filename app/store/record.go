package store

import (
	"context"
	"encoding/json"
	"iter"
	"slices"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// IndexRecord is what the index of a subdir holds of one conda file.
type IndexRecord struct {
	FileName   string // without the subdir
	Package    string // lookup name
	Record     json.RawMessage
	RunExports json.RawMessage
	// Patch is what of Record its archive does not have; nil when there is none.
	Patch  json.RawMessage
	Yanked bool
}

// CondaRecords gives the records of a subdir's conda files that a view shows, by
// file name, one after another.
func (s *Store) CondaRecords(ctx context.Context, v ChannelView, subdir string) iter.Seq2[IndexRecord, error] {
	// EXISTS rather than a join on the label keeps SQLite reading files_subdir,
	// whose order is the answer's, so that no records are sorted in memory.
	q := recordsOf(s.read.NewSelect(), v, subdir).TableExpr("files AS file").
		Join("JOIN packages AS package ON package.id = file.package_id").
		Where("file.account_id = ?", v.AccountID).
		OrderExpr("file.basename")
	return func(yield func(IndexRecord, error) bool) {
		if err := eachRecord(ctx, q, func(r IndexRecord) bool { return yield(r, nil) }); err != nil {
			yield(IndexRecord{}, classify(err, "list records of %s", subdir))
		}
	}
}

// CondaRecordsOf lists those of CondaRecords that are of packages, by lookup name,
// in no order.
func (s *Store) CondaRecordsOf(ctx context.Context, v ChannelView, subdir string, packages []string) ([]IndexRecord, error) {
	var list []IndexRecord
	for names := range slices.Chunk(packages, rowsAtOnce) {
		// A cross join has SQLite read the few packages first, and then their files
		// since no more is said of the account.
		q := recordsOf(s.read.NewSelect(), v, subdir).TableExpr("packages AS package CROSS JOIN files AS file").
			Where("file.package_id = package.id AND package.account_id = ? AND package.lookup_name IN (?)", v.AccountID, bun.List(names))
		err := eachRecord(ctx, q, func(r IndexRecord) bool {
			list = append(list, r)
			return true
		})
		if err != nil {
			return nil, classify(err, "list records of %s", subdir)
		}
	}
	return list, nil
}

func recordsOf(q *bun.SelectQuery, v ChannelView, subdir string) *bun.SelectQuery {
	return q.ColumnExpr("substr(file.basename, length(file.subdir) + 2), package.lookup_name").
		ColumnExpr("file.record, file.run_exports, file.patch, file.yanked_at IS NOT NULL").
		Where("file.subdir = ? AND file.type = ? AND file.record IS NOT NULL", subdir, model.Conda).
		Where("?", carries(v.AccountID, v.Label)).
		Where("?", v.Sight.condition())
}

// eachRecord calls yield with the rows of q until it has enough. There may be a
// million, so they are neither gathered nor read by reflection.
func eachRecord(ctx context.Context, q *bun.SelectQuery, yield func(IndexRecord) bool) error {
	rows, err := q.Rows(ctx)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r IndexRecord
		err := rows.Scan(&r.FileName, &r.Package, (*[]byte)(&r.Record), (*[]byte)(&r.RunExports), (*[]byte)(&r.Patch), &r.Yanked)
		if err != nil {
			return err
		}
		if !yield(r) {
			break
		}
	}
	return rows.Err()
}

// PackagesBeyond lists the lookup names of the channel's packages that are in one
// sight and not in another, sorted, up to a number of them.
func (s *Store) PackagesBeyond(ctx context.Context, accountID int64, sight, less Sight, most int) ([]string, error) {
	var names []string
	err := s.read.NewSelect().TableExpr("packages AS package").ColumnExpr("package.lookup_name").
		Where("package.account_id = ?", accountID).
		Where("?", sight.condition()).Where("NOT ?", less.condition()).
		OrderExpr("package.lookup_name").Limit(int64(most)).Scan(ctx, &names)
	return names, classify(err, "list packages that not all see")
}
