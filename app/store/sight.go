package store

import (
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"vivarium/app/model"
)

// Sight is what somebody may see: public packages of channels that are not
// closed, for a valid credential those of all channels and authenticated ones, everything of the accounts in Owns, and the single packages
// in Packages. The zero Sight is that of the anonymous.
type Sight struct {
	SignedIn bool
	Owns     []int64
	Packages []int64
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
	return bun.SafeQuery("("+seen+")", args...)
}
