package store

import (
	"context"

	"vivarium/app/model"
)

// What decisions ask of grants is asked by their subject, so that it costs the same
// however many grants somebody has, and is small enough to be remembered.

// onAllPackages is what a user's groups give on all packages of an account, Owners
// among them: ?0 is the user, ?1 the account.
const onAllPackages = `
	SELECT grp.permission FROM group_members AS m JOIN groups AS grp ON grp.id = m.group_id
	WHERE m.user_id = ?0 AND grp.organization_id = ?1 AND grp.all_packages`

// onOnePackage is what groups and collaboration give a user on the package ?2.
const onOnePackage = `
	SELECT ` + attachedLevel + ` FROM group_packages AS attached
	JOIN groups AS grp ON grp.id = attached.group_id
	JOIN group_members AS m ON m.group_id = attached.group_id AND m.user_id = ?0
	WHERE attached.package_id = ?2
	UNION ALL
	SELECT c.permission FROM collaborators AS c WHERE c.package_id = ?2 AND c.user_id = ?0`

// onAnyPackage is what groups and collaboration give a user on single packages of
// an account.
const onAnyPackage = `
	SELECT ` + attachedLevel + ` FROM group_members AS m
	JOIN groups AS grp ON grp.id = m.group_id AND grp.organization_id = ?1
	JOIN group_packages AS attached ON attached.group_id = grp.id
	WHERE m.user_id = ?0
	UNION ALL
	SELECT c.permission FROM collaborators AS c JOIN packages AS p ON p.id = c.package_id AND p.account_id = ?1
	WHERE c.user_id = ?0`

// GrantedOnAll returns the permission that a user has on every package of an
// account by its groups. That of owners is Admin.
func (s *Store) GrantedOnAll(ctx context.Context, userID, accountID int64) (model.Permission, error) {
	return s.granted(ctx, rowKey{noun: grantedOnAll, id: userID, of: accountID}, onAllPackages, userID, accountID, 0)
}

// GrantedOn returns the permission that a user has on one package of an account by
// groups, those for all packages included, and as a collaborator: the highest.
func (s *Store) GrantedOn(ctx context.Context, userID, accountID, packageID int64) (model.Permission, error) {
	return s.granted(ctx, rowKey{noun: grantedOn, id: userID, of: packageID}, onAllPackages+" UNION ALL "+onOnePackage, userID, accountID, packageID)
}

// GrantedOnAny returns the highest permission that a user has on any package of an
// account, as GrantedOn gives it.
func (s *Store) GrantedOnAny(ctx context.Context, userID, accountID int64) (model.Permission, error) {
	return s.granted(ctx, rowKey{noun: grantedOnAny, id: userID, of: accountID}, onAllPackages+" UNION ALL "+onAnyPackage, userID, accountID, 0)
}

func (s *Store) granted(ctx context.Context, key rowKey, query string, userID, accountID, packageID int64) (model.Permission, error) {
	return remember(ctx, s, key, func() (best model.Permission, err error) {
		err = s.read.NewRaw("SELECT coalesce(max(permission), 0) FROM ("+query+")", userID, accountID, packageID).Scan(ctx, &best)
		return best, classify(err, "read a grant")
	})
}
