package store

import (
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"vivarium/app/model"
)

// Sight is what somebody may see: public packages of channels that are not closed;
// for a valid credential those of all channels and authenticated ones; everything of
// the accounts in Owns; the single packages in Packages; and what User, unless it is
// 0, has from groups and as a collaborator. The zero Sight is that of the anonymous.
type Sight struct {
	SignedIn bool
	Owns     []int64
	Packages []int64
	User     int64
}

// condition is the one visibility predicate: it asks whether the row that the
// query calls package is in sight. Every list and count that leaves out what
// somebody may not see uses it.
func (v Sight) condition() schema.QueryWithArgs {
	seen, args := "package.access = ? AND package.account_id NOT IN (SELECT id FROM accounts WHERE closed)", []any{model.Public}
	if v.SignedIn {
		seen, args = "package.access IN (?)", []any{bun.List([]model.Access{model.Public, model.Authenticated})}
	}
	if len(v.Owns) > 0 {
		seen, args = seen+" OR package.account_id IN (?)", append(args, bun.List(v.Owns))
	}
	if len(v.Packages) > 0 {
		seen, args = seen+" OR package.id IN (?)", append(args, bun.List(v.Packages))
	}
	if v.User != 0 {
		seen, args = seen+" OR "+grantedAccounts+" OR "+grantedPackages, append(args, v.User, v.User, v.User)
	}
	return bun.SafeQuery("("+seen+")", args...)
}

// What a user has: all of an organization by its Owners and by groups for all
// packages, and packages by groups they are attached to and as a collaborator.
const (
	grantedAccounts = `package.account_id IN (SELECT grp.organization_id
		FROM group_members AS m JOIN groups AS grp ON grp.id = m.group_id WHERE m.user_id = ? AND grp.all_packages)`
	grantedPackages = `package.id IN (SELECT attached.package_id
		FROM group_members AS m JOIN group_packages AS attached ON attached.group_id = m.group_id WHERE m.user_id = ?
		UNION ALL SELECT c.package_id FROM collaborators AS c WHERE c.user_id = ?)`
)
