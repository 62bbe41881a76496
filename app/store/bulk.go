package store

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// PackagesNamed lists the account's packages that have one of the lookup names or
// of the PEP 503 names, the oldest first, with Owner.
func (s *Store) PackagesNamed(ctx context.Context, accountID int64, lookupNames, normalized []string) ([]model.Package, error) {
	var list []model.Package
	err := s.read.NewSelect().Model(&list).ColumnExpr("?TableColumns").ColumnExpr("account.login AS owner").
		Join("JOIN accounts AS account ON account.id = package.account_id").
		Where(`package.id IN (SELECT id FROM packages WHERE account_id = ? AND lookup_name IN (?)
			UNION SELECT id FROM packages WHERE account_id = ? AND normalized_name IN (?))`,
			accountID, bun.List(lookupNames), accountID, bun.List(normalized)).
		Order("package.id").Scan(ctx)
	return list, classify(err, "look for packages")
}

// ReleasesNamed lists the releases of packages that have one of the versions.
func (s *Store) ReleasesNamed(ctx context.Context, packageIDs []int64, versions []string) ([]model.Release, error) {
	if len(packageIDs) == 0 {
		return nil, nil
	}
	var list []model.Release
	err := s.read.NewSelect().Model(&list).
		Where("package_id IN (?) AND version IN (?)", bun.List(packageIDs), bun.List(versions)).Order("id").Scan(ctx)
	return list, classify(err, "list releases")
}

// Digests returns the SHA-256 of those of the channel's files of type t that have
// one of the basenames.
func (s *Store) Digests(ctx context.Context, accountID int64, t model.PackageType, basenames []string) (map[string]string, error) {
	if len(basenames) == 0 {
		return nil, nil
	}
	var list []model.File
	err := s.read.NewSelect().Model(&list).Column("basename", "sha256").
		Where("account_id = ? AND type = ? AND basename IN (?)", accountID, t, bun.List(basenames)).Scan(ctx)
	found := map[string]string{}
	for _, f := range list {
		found[f.Basename] = f.SHA256
	}
	return found, classify(err, "look for files")
}

// insertAll adds rows and sets their IDs. subject is what there is already when it
// fails with Conflict.
func insertAll[T any](ctx context.Context, s *Store, rows []*T, subject string) error {
	for some := range slices.Chunk(rows, rowsAtOnce) {
		if _, err := s.write.NewInsert().Model(&some).Exec(ctx); err != nil {
			return classify(err, "%s", subject)
		}
	}
	return nil
}

// InsertPackages adds packages and sets their IDs.
func (s *Store) InsertPackages(ctx context.Context, list []*model.Package) error {
	return insertAll(ctx, s, list, "one of these packages")
}

// InsertReleases adds releases and sets their IDs.
func (s *Store) InsertReleases(ctx context.Context, list []*model.Release) error {
	return insertAll(ctx, s, list, "one of these releases")
}

// InsertFiles adds files and sets their IDs.
func (s *Store) InsertFiles(ctx context.Context, list []*model.File) error {
	return insertAll(ctx, s, list, "one of these files")
}
