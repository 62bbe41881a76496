package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// star is a package in a user's favorites.
type star struct {
	bun.BaseModel `bun:"table:stars,alias:star"`

	UserID    int64     `bun:"user_id,pk"`
	PackageID int64     `bun:"package_id,pk"`
	CreatedAt time.Time `bun:"created_at"`
}

// AddStar puts a package into a user's favorites; one that is there stays as it is.
func (s *Store) AddStar(ctx context.Context, userID, packageID int64, at time.Time) error {
	_, err := s.write.NewInsert().Model(&star{UserID: userID, PackageID: packageID, CreatedAt: at}).
		On("CONFLICT (user_id, package_id) DO NOTHING").Exec(ctx)
	return classify(err, "favorite")
}

// RemoveStar takes a package out of a user's favorites, if it is there.
func (s *Store) RemoveStar(ctx context.Context, userID, packageID int64) error {
	_, err := s.write.NewDelete().Model(&star{UserID: userID, PackageID: packageID}).WherePK().Exec(ctx)
	return classify(err, "favorite")
}

// Starred reports whether a package is among a user's favorites.
func (s *Store) Starred(ctx context.Context, userID, packageID int64) (bool, error) {
	n, err := s.read.NewSelect().Model((*star)(nil)).Where("star.user_id = ? AND star.package_id = ?", userID, packageID).Count(ctx)
	return n > 0, classify(err, "favorite")
}

// Stargazers lists who starred a package, the last first.
func (s *Store) Stargazers(ctx context.Context, packageID int64) ([]model.Stargazer, error) {
	var list []model.Stargazer
	err := s.read.NewSelect().Model((*star)(nil)).
		ColumnExpr("account.login AS login, account.name AS name, star.created_at AS since").
		Join("JOIN accounts AS account ON account.id = star.user_id").
		Where("star.package_id = ?", packageID).OrderExpr("star.created_at DESC, account.login").Scan(ctx, &list)
	return list, classify(err, "list who starred a package")
}
