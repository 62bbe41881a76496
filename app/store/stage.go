package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// InsertStage adds an announced upload.
func (s *Store) InsertStage(ctx context.Context, st *model.Stage) error {
	_, err := s.write.NewInsert().Model(st).Exec(ctx)
	return classify(err, "upload %q", st.DistID)
}

// Stage returns the announced upload with that id.
func (s *Store) Stage(ctx context.Context, distID string) (model.Stage, error) {
	var st model.Stage
	err := s.read.NewSelect().Model(&st).Where("dist_id = ?", distID).Scan(ctx)
	return st, classify(err, "upload %q", distID)
}

// StageByTicket returns the announced upload whose ticket has that hash.
func (s *Store) StageByTicket(ctx context.Context, ticketHash []byte) (model.Stage, error) {
	var st model.Stage
	err := s.read.NewSelect().Model(&st).Where("ticket_hash = ?", ticketHash).Scan(ctx)
	return st, classify(err, "this upload")
}

// UpdateStage writes the named columns of st, or all of them without names.
func (s *Store) UpdateStage(ctx context.Context, st *model.Stage, columns ...string) error {
	res, err := s.write.NewUpdate().Model(st).Column(columns...).WherePK().Exec(ctx)
	return changed(res, err, "upload %q", st.DistID)
}

// DeleteStage removes an announced upload.
func (s *Store) DeleteStage(ctx context.Context, distID string) error {
	res, err := s.write.NewDelete().Model((*model.Stage)(nil)).Where("dist_id = ?", distID).Exec(ctx)
	return changed(res, err, "upload %q", distID)
}

// StagesBefore lists the uploads announced before t, oldest first.
func (s *Store) StagesBefore(ctx context.Context, t time.Time) ([]model.Stage, error) {
	var list []model.Stage
	err := s.read.NewSelect().Model(&list).Where("created_at < ?", t).Order("created_at", "dist_id").Scan(ctx)
	return list, classify(err, "list uploads")
}

// StagesOfPackage returns how many uploads to a package are under way.
func (s *Store) StagesOfPackage(ctx context.Context, packageID int64) (int, error) {
	n, err := s.read.NewSelect().Model((*model.Stage)(nil)).Where("package_id = ?", packageID).Count(ctx)
	return int(n), classify(err, "count uploads")
}

// StagesOfRelease returns how many uploads to a release are under way.
func (s *Store) StagesOfRelease(ctx context.Context, releaseID int64) (int, error) {
	n, err := s.read.NewSelect().Model((*model.Stage)(nil)).Where("release_id = ?", releaseID).Count(ctx)
	return int(n), classify(err, "count uploads")
}

// PassMade has the other stages of a release and a package answer for having made
// them, in place of one that is gone.
func (s *Store) PassMade(ctx context.Context, gone model.Stage) error {
	for _, mark := range []struct {
		made       bool
		column, of string
		id         int64
	}{{gone.MadeRelease, "made_release", "release_id", gone.ReleaseID}, {gone.MadePackage, "made_package", "package_id", gone.PackageID}} {
		if !mark.made {
			continue
		}
		_, err := s.write.NewUpdate().Model((*model.Stage)(nil)).Set("? = TRUE", bun.Ident(mark.column)).Where("? = ?", bun.Ident(mark.of), mark.id).Exec(ctx)
		if err != nil {
			return classify(err, "pass on what staging made")
		}
	}
	return nil
}
