package store

import (
	"context"
	"time"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// collaborator is a user's permission on one package.
type collaborator struct {
	bun.BaseModel `bun:"table:collaborators,alias:collaborator"`

	PackageID  int64            `bun:"package_id,pk"`
	UserID     int64            `bun:"user_id,pk"`
	Permission model.Permission `bun:"permission"`
	CreatedAt  time.Time        `bun:"created_at"`
}

// SetCollaborator gives a user a permission on a package, or another one.
func (s *Store) SetCollaborator(ctx context.Context, packageID, userID int64, p model.Permission, at time.Time) error {
	row := &collaborator{PackageID: packageID, UserID: userID, Permission: p, CreatedAt: at}
	_, err := s.write.NewInsert().Model(row).
		On("CONFLICT (package_id, user_id) DO UPDATE").Set("permission = excluded.permission").Exec(ctx)
	return classify(err, "collaborator")
}

// RemoveCollaborator takes a user's permission on a package away.
func (s *Store) RemoveCollaborator(ctx context.Context, packageID, userID int64) error {
	res, err := s.write.NewDelete().Model(&collaborator{PackageID: packageID, UserID: userID}).WherePK().Exec(ctx)
	return changed(res, err, "collaborator")
}

// Collaborators lists the users with a permission on a package, by login.
func (s *Store) Collaborators(ctx context.Context, packageID int64) ([]model.Collaborator, error) {
	var list []model.Collaborator
	err := s.read.NewSelect().Model((*collaborator)(nil)).
		ColumnExpr("account.login AS login, account.name AS name, collaborator.permission AS permission, collaborator.created_at AS since").
		Join("JOIN accounts AS account ON account.id = collaborator.user_id").
		Where("collaborator.package_id = ?", packageID).OrderExpr("account.login").Scan(ctx, &list)
	return list, classify(err, "list collaborators")
}
