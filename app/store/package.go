package store

import (
	"cmp"
	"context"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// selectPackages selects packages with Owner, FileCount, Downloads and Stars.
func (s *Store) selectPackages(into any) *bun.SelectQuery {
	return s.read.NewSelect().Model(into).
		ColumnExpr("?TableColumns").ColumnExpr("account.login AS owner").
		ColumnExpr("(SELECT count(*) FROM files AS f WHERE f.package_id = package.id) AS file_count").
		ColumnExpr("(SELECT coalesce(sum(f.downloads), 0) FROM files AS f WHERE f.package_id = package.id) AS downloads").
		ColumnExpr("(SELECT count(*) FROM stars AS s WHERE s.package_id = package.id) AS star_count").
		ColumnExpr("coalesce((SELECT sha256 FROM thumbnails AS t WHERE t.package_id = package.id), '') AS thumbnail").
		Join("JOIN accounts AS account ON account.id = package.account_id")
}

// Package returns the account's package of that lookup name, with Owner,
// FileCount, Downloads and Stars.
func (s *Store) Package(ctx context.Context, accountID int64, lookupName string) (model.Package, error) {
	key := rowKey{noun: packageOfName, of: accountID, name: lookupName}
	return remember(ctx, s, key, func() (p model.Package, err error) {
		err = s.selectPackages(&p).Where("package.account_id = ? AND package.lookup_name = ?", accountID, lookupName).Scan(ctx)
		return p, classify(err, "package %q", lookupName)
	})
}

// InsertPackage adds p and sets its ID. Without a status it is active.
func (s *Store) InsertPackage(ctx context.Context, p *model.Package) error {
	p.Status = cmp.Or(p.Status, model.Active)
	_, err := s.write.NewInsert().Model(p).Exec(ctx)
	return classify(err, "package %q", p.Name)
}

// UpdatePackage writes the named columns of p, or all of them without names.
func (s *Store) UpdatePackage(ctx context.Context, p *model.Package, columns ...string) error {
	res, err := s.write.NewUpdate().Model(p).Column(columns...).WherePK().Exec(ctx)
	return changed(res, err, "package %q", p.Name)
}

// SetPackageAccess gives packages the same access.
func (s *Store) SetPackageAccess(ctx context.Context, ids []int64, access model.Access, at time.Time) error {
	return s.inChunks(ctx, ids, func(tx *Store, some []int64) error {
		_, err := tx.write.NewUpdate().Model((*model.Package)(nil)).
			Set("access = ?", access).Set("modified_at = ?", at).Where("id IN (?)", bun.List(some)).Exec(ctx)
		return classify(err, "access of %d packages", len(ids))
	})
}

// DeletePackage removes a package with its releases and files.
func (s *Store) DeletePackage(ctx context.Context, id int64) error {
	res, err := s.write.NewDelete().Model((*model.Package)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, "package %d", id)
}
