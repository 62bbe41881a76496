package registry

import (
	"context"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// AuditFilter selects audit lines.
type AuditFilter struct {
	Account string // login; empty: every account that the actor may look into
	Action  string // such as token.create, or token for all of a noun's; empty: any
	Since   time.Time
	Before  int64 // an ID: only what is older than that line; 0: from the newest on
	Limit   int   // 0: a thousand
}

// maxAudit bounds one page of audit lines.
const maxAudit = 1000

// AuditLines lists who did what, the newest first. Everyone sees what concerns
// their own account and the organizations they own; administrators see all.
func (r *Registry) AuditLines(ctx context.Context, actor model.Actor, f AuditFilter) ([]model.AuditLine, error) {
	if err := RequireSelf(actor); err != nil {
		return nil, err
	}
	if f.Limit <= 0 || f.Limit > maxAudit {
		f.Limit = maxAudit
	}
	q := store.AuditQuery{Action: f.Action, Since: f.Since, Before: f.Before, Limit: f.Limit}
	everything := requireOperator(actor) == nil
	switch {
	case f.Account != "":
		a, err := r.account(ctx, r.Store, actor, f.Account)
		if err != nil {
			return nil, err
		}
		if !everything {
			if err := r.requireAccount(ctx, r.Store, actor, a, model.Admin); err != nil {
				return nil, err
			}
		}
		q.Accounts = []string{a.Login}
	case !everything:
		own, err := r.ownLogins(ctx, actor)
		if err != nil {
			return nil, err
		}
		q.Accounts = own
	}
	return r.Store.AuditPage(ctx, q)
}

// ownLogins are the accounts that actor administers: itself, its person, and the
// organizations that person owns.
func (r *Registry) ownLogins(ctx context.Context, actor model.Actor) ([]string, error) {
	own := []string{actor.Login}
	if actor.UserID == 0 {
		return own, nil
	}
	me, err := r.Store.AccountByID(ctx, actor.UserID)
	if err != nil {
		return nil, err
	}
	orgs, err := r.Store.OrganizationsOwned(ctx, actor.UserID)
	own = append(own, me.Login)
	for _, o := range orgs {
		own = append(own, o.Login)
	}
	return own, err
}
