package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"vivarium/app/model"
)

// day is how a day is written: it sorts as text.
const day = "2006-01-02"

// AddDownloads adds to the download counts of files by id, and to those of their
// packages on the day of at, in one transaction. Files that are gone meanwhile are not
// missed.
func (s *Store) AddDownloads(ctx context.Context, counts map[int64]int64, at time.Time) error {
	return s.InTx(ctx, func(tx *Store) error {
		for _, id := range slices.Sorted(maps.Keys(counts)) {
			_, err := tx.write.NewUpdate().Model((*model.File)(nil)).
				Set("downloads = downloads + ?", counts[id]).Where("id = ?", id).Exec(ctx)
			if err != nil {
				return classify(err, "count downloads of file %d", id)
			}
			_, err = tx.write.NewRaw(`INSERT INTO downloads (package_id, day, count) SELECT package_id, ?, ? FROM files WHERE id = ?
				ON CONFLICT (package_id, day) DO UPDATE SET count = count + excluded.count`, at.UTC().Format(day), counts[id], id).Exec(ctx)
			if err != nil {
				return classify(err, "count downloads of file %d", id)
			}
		}
		return nil
	})
}

// Downloads lists how often the account's packages in sight were downloaded on each
// day from first to last, both included, by day and name. Days without any are left
// out.
func (s *Store) Downloads(ctx context.Context, accountID int64, first, last time.Time, sight Sight) ([]model.DownloadCount, error) {
	var list []model.DownloadCount
	err := s.read.NewSelect().TableExpr("downloads AS d").ColumnExpr("d.day, package.name AS package, d.count").
		Join("JOIN packages AS package ON package.id = d.package_id").
		Where("package.account_id = ? AND d.day >= ? AND d.day <= ?", accountID, first.UTC().Format(day), last.UTC().Format(day)).
		Where("?", sight.condition()).
		OrderExpr("d.day, package.lookup_name").Scan(ctx, &list)
	return list, classify(err, "list downloads")
}

// PackageDownloads counts the downloads of a package from a day on.
func (s *Store) PackageDownloads(ctx context.Context, packageID int64, since time.Time) (n int64, err error) {
	err = s.read.NewSelect().TableExpr("downloads").ColumnExpr("coalesce(sum(count), 0)").
		Where("package_id = ? AND day >= ?", packageID, since.UTC().Format(day)).Scan(ctx, &n)
	return n, classify(err, "count downloads")
}
