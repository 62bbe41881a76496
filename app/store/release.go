package store

import (
	"context"

	"vivarium/app/model"
)

// InsertRelease adds r and sets its ID.
func (s *Store) InsertRelease(ctx context.Context, r *model.Release) error {
	_, err := s.write.NewInsert().Model(r).Exec(ctx)
	return classify(err, "release %q", r.Version)
}

// Release returns the package's release of that version.
func (s *Store) Release(ctx context.Context, packageID int64, version string) (model.Release, error) {
	var r model.Release
	err := s.read.NewSelect().Model(&r).Where("package_id = ? AND version = ?", packageID, version).Scan(ctx)
	return r, classify(err, "release %q", version)
}

// ReleaseByID returns the release with that id.
func (s *Store) ReleaseByID(ctx context.Context, id int64) (model.Release, error) {
	var r model.Release
	err := s.read.NewSelect().Model(&r).Where("id = ?", id).Scan(ctx)
	return r, classify(err, "release %d", id)
}

// Releases lists the package's releases in the order in which they were made.
func (s *Store) Releases(ctx context.Context, packageID int64) ([]model.Release, error) {
	var list []model.Release
	err := s.read.NewSelect().Model(&list).Where("package_id = ?", packageID).Order("id").Scan(ctx)
	return list, classify(err, "list releases")
}

// Versions lists the versions of a package that have files, in no order.
func (s *Store) Versions(ctx context.Context, packageID int64) (list []string, err error) {
	err = s.read.NewSelect().TableExpr("releases AS release").ColumnExpr("release.version").Where("release.package_id = ?", packageID).
		Where("EXISTS (SELECT 1 FROM files AS f WHERE f.release_id = release.id)").Scan(ctx, &list)
	return list, classify(err, "list versions")
}

// UpdateRelease writes the named columns of r, or all of them without names.
func (s *Store) UpdateRelease(ctx context.Context, r *model.Release, columns ...string) error {
	res, err := s.write.NewUpdate().Model(r).Column(columns...).WherePK().Exec(ctx)
	return changed(res, err, "release %q", r.Version)
}

// DeleteRelease removes a release with its files.
func (s *Store) DeleteRelease(ctx context.Context, id int64) error {
	res, err := s.write.NewDelete().Model((*model.Release)(nil)).Where("id = ?", id).Exec(ctx)
	return changed(res, err, "release %d", id)
}
