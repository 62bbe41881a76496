package store

import (
	"context"

	"vivarium/app/model"
)

// Grant is a permission that a user has from a group or as a collaborator, other
// than as an owner: on one package, or on all of an account's when PackageID is
// 0.
type Grant struct {
	AccountID  int64            `bun:"account_id"`
	PackageID  int64            `bun:"package_id"`
	Permission model.Permission `bun:"permission"`
	// Source names what gives it: "group NAME", or "collaborator".
	Source string `bun:"source"`
}

// Grants lists what groups and packages give a user, in one account, or in all
// when accountID is 0. The owners of an organization are not in it.
func (s *Store) Grants(ctx context.Context, userID, accountID int64) ([]Grant, error) {
	return remember(ctx, s, rowKey{noun: grants, id: userID, of: accountID}, func() ([]Grant, error) {
		return s.readGrants(ctx, userID, accountID)
	})
}

func (s *Store) readGrants(ctx context.Context, userID, accountID int64) (list []Grant, err error) {
	err = s.read.NewRaw(`
		SELECT g.organization_id AS account_id, 0 AS package_id, g.permission AS permission, 'group ' || g.name AS source
		FROM group_members AS m JOIN groups AS g ON g.id = m.group_id
		WHERE m.user_id = ?0 AND g.all_packages AND g.name <> ?2 AND (?1 = 0 OR g.organization_id = ?1)
		UNION ALL
		SELECT g.organization_id, gp.package_id, g.permission, 'group ' || g.name
		FROM group_members AS m JOIN groups AS g ON g.id = m.group_id JOIN group_packages AS gp ON gp.group_id = g.id
		WHERE m.user_id = ?0 AND (?1 = 0 OR g.organization_id = ?1)
		UNION ALL
		SELECT p.account_id, c.package_id, c.permission, 'collaborator'
		FROM collaborators AS c JOIN packages AS p ON p.id = c.package_id
		WHERE c.user_id = ?0 AND (?1 = 0 OR p.account_id = ?1)
		ORDER BY 1, 2, 4`, userID, accountID, model.OwnersGroup).Scan(ctx, &list)
	return list, classify(err, "list grants")
}
