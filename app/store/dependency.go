package store

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"vivarium/app/model"
)

// OfferedRelease is a release that has files, with what tells whether it is the
// newest of its package.
type OfferedRelease struct {
	ID        int64               `bun:"id"`
	PackageID int64               `bun:"package_id"`
	Version   string              `bun:"version"`
	Types     []model.PackageType `bun:"types,type:json"` // of the package
	Yanked    bool                `bun:"yanked"`          // all files are
}

// OfferedReleases lists the releases of packages that have files, in no order.
func (s *Store) OfferedReleases(ctx context.Context, packageIDs []int64) ([]OfferedRelease, error) {
	var list []OfferedRelease
	if len(packageIDs) == 0 {
		return nil, nil
	}
	err := s.read.NewSelect().TableExpr("releases AS release").
		ColumnExpr("release.id, release.package_id, release.version, package.types").
		ColumnExpr("NOT EXISTS (SELECT 1 FROM files AS f WHERE f.release_id = release.id AND f.yanked_at IS NULL) AS yanked").
		Join("JOIN packages AS package ON package.id = release.package_id").
		Where("release.package_id IN (?)", bun.List(packageIDs)).
		Where("EXISTS (SELECT 1 FROM files AS f WHERE f.release_id = release.id)").Scan(ctx, &list)
	return list, classify(err, "list releases")
}

// FileNeeds is what of a file's record says what it needs: an object with those of
// its members alone.
type FileNeeds struct {
	PackageID int64             `bun:"package_id"`
	Type      model.PackageType `bun:"type"`
	Subdir    string            `bun:"subdir"`
	Yanked    bool              `bun:"yanked"`
	Record    json.RawMessage   `bun:"record"`
}

// FileNeeds lists what the files of releases need, in no order.
func (s *Store) FileNeeds(ctx context.Context, releaseIDs []int64) ([]FileNeeds, error) {
	var list []FileNeeds
	if len(releaseIDs) == 0 {
		return nil, nil
	}
	// A Python file's record holds its whole description too, which is left behind.
	err := s.read.NewSelect().TableExpr("files AS file").
		ColumnExpr("file.package_id, file.type, file.subdir, file.yanked_at IS NOT NULL AS yanked").
		ColumnExpr(`json_object('depends', json_extract(file.record, '$.depends'),
			'requires_dist', json_extract(file.record, '$.requires_dist'), 'entry', json_extract(file.record, '$.entry')) AS record`).
		Where("file.release_id IN (?) AND file.record IS NOT NULL", bun.List(releaseIDs)).Scan(ctx, &list)
	return list, classify(err, "list what files need")
}

// SetDependencies puts what packages need in the place of what was kept of it.
func (s *Store) SetDependencies(ctx context.Context, packageIDs []int64, list []*model.Dependency) error {
	if len(packageIDs) == 0 {
		return nil
	}
	for _, table := range []string{"dependencies", "unread_dependencies"} {
		_, err := s.write.NewDelete().Table(table).Where("package_id IN (?)", bun.List(packageIDs)).Exec(ctx)
		if err != nil {
			return classify(err, "forget what packages need")
		}
	}
	return insertAll(ctx, s, list, "one of these dependencies")
}

// UnreadAll forgets of all packages of an account that it was looked up what they
// need.
func (s *Store) UnreadAll(ctx context.Context, accountID int64) error {
	_, err := s.write.NewRaw("INSERT OR IGNORE INTO unread_dependencies SELECT id FROM packages WHERE account_id = ?", accountID).Exec(ctx)
	return classify(err, "forget what packages need")
}

// UnreadDependencies lists packages of which it was never looked up what they need.
func (s *Store) UnreadDependencies(ctx context.Context, most int) (packageIDs []int64, err error) {
	err = s.read.NewSelect().Table("unread_dependencies").Column("package_id").Limit(int64(most)).Scan(ctx, &packageIDs)
	return packageIDs, classify(err, "list packages to be read")
}

// DependenciesOn lists what those packages say that need p, by package and text.
func (s *Store) DependenciesOn(ctx context.Context, p model.Package, packageIDs []int64) ([]model.Dependency, error) {
	var list []model.Dependency
	if len(packageIDs) == 0 {
		return nil, nil
	}
	err := s.read.NewSelect().Model(&list).Where("package_id IN (?)", bun.List(packageIDs)).Where("?", onPackage(p)).
		OrderExpr("package_id, type, accepts").Scan(ctx)
	return list, classify(err, "list dependencies")
}

// onPackage asks whether a row of dependencies is about p: a conda file needs conda
// packages, a wheel Python's.
func onPackage(p model.Package) schema.QueryWithArgs {
	var about []string
	var args []any
	for _, t := range p.Types {
		about, args = append(about, "type = ? AND name = ?"), append(args, t, p.NeededAs(t))
	}
	if len(about) == 0 {
		return bun.SafeQuery("FALSE")
	}
	return bun.SafeQuery("("+strings.Join(about, " OR ")+")", args...)
}
