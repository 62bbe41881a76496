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
	// Base is what the group gives on other packages; a collaborator has none.
	Base model.Permission `bun:"base"`
	// Source names what gives it: "group NAME", or "collaborator".
	Source string `bun:"source"`
}

// Grants lists what groups and packages give a user in one account, each with its
// source, to be explained: what is decided by is in granted.go. The owners of an
// organization are not in it.
func (s *Store) Grants(ctx context.Context, userID, accountID int64) (list []Grant, err error) {
	err = s.read.NewRaw(`
		SELECT grp.organization_id AS account_id, 0 AS package_id, grp.permission AS permission, grp.permission AS base, 'group ' || grp.name AS source
		FROM group_members AS m JOIN groups AS grp ON grp.id = m.group_id
		WHERE m.user_id = ?0 AND grp.all_packages AND grp.name <> ?2 AND grp.organization_id = ?1
		UNION ALL
		SELECT grp.organization_id, attached.package_id, `+attachedLevel+`, grp.permission, 'group ' || grp.name
		FROM group_members AS m JOIN groups AS grp ON grp.id = m.group_id JOIN group_packages AS attached ON attached.group_id = grp.id
		WHERE m.user_id = ?0 AND grp.organization_id = ?1
		UNION ALL
		SELECT p.account_id, c.package_id, c.permission, 0, 'collaborator'
		FROM collaborators AS c JOIN packages AS p ON p.id = c.package_id
		WHERE c.user_id = ?0 AND p.account_id = ?1
		ORDER BY 1, 2, 5`, userID, accountID, model.OwnersGroup).Scan(ctx, &list)
	return list, classify(err, "list grants")
}
