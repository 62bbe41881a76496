package store

import (
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/schema"

	"vivarium/app/model"
)

// Sight is what somebody may see: public packages, for a valid credential also
// authenticated ones, and everything of the accounts in Owns. The zero Sight is
// that of the anonymous.
type Sight struct {
	SignedIn bool
	Owns     []int64
}

// condition is the one visibility predicate: it asks whether the row that the
// query calls package is in sight. Every list and count that leaves out what
// somebody may not see uses it.
func (v Sight) condition() schema.QueryWithArgs {
	levels := []model.Access{model.Public}
	if v.SignedIn {
		levels = append(levels, model.Authenticated)
	}
	if len(v.Owns) == 0 {
		return bun.SafeQuery("package.access IN (?)", bun.List(levels))
	}
	return bun.SafeQuery("(package.access IN (?) OR package.account_id IN (?))", bun.List(levels), bun.List(v.Owns))
}
