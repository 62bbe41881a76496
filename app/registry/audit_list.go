package registry

import (
	"context"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// AuditFilter selects audit lines.
type AuditFilter struct {
	Account string   // login; empty: every account that the actor may look into
	Own     bool     // only what the actor administers, also for an administrator
	Site    bool     // everything, which is Forbidden to others than administrators
	Actor   string   // who did it; empty: anybody
	On      string   // an account's login, or a part of what was changed; empty: any
	Action  string   // such as token.create, or token for all of a noun's; empty: any
	Nouns   []string // such as token and user; none: any
	Since   time.Time
	Until   time.Time // what was before it; zero: up to now
	Before  int64     // an ID: only what is older than that line; 0: from the newest on
	Offset  int
	Limit   int // 0: a thousand
}

// MaxAuditLines bounds one page of audit lines.
const MaxAuditLines = 1000

// AuditLines lists who did what, the newest first. Everyone sees what concerns
// their own account and the organizations they own; administrators see all. Lines
// follow an account that is renamed, and nobody gets them with its old login.
func (r *Registry) AuditLines(ctx context.Context, actor model.Actor, f AuditFilter) ([]model.AuditLine, error) {
	q, err := r.auditQuery(ctx, actor, f)
	if err != nil {
		return nil, err
	}
	return r.Store.AuditPage(ctx, q)
}

// CountAuditLines counts what AuditLines lists without Limit and Offset.
func (r *Registry) CountAuditLines(ctx context.Context, actor model.Actor, f AuditFilter) (int, error) {
	q, err := r.auditQuery(ctx, actor, f)
	if err != nil {
		return 0, err
	}
	return r.Store.CountAudit(ctx, q)
}

// auditQuery is what of the log f selects, as far as actor may look into it.
func (r *Registry) auditQuery(ctx context.Context, actor model.Actor, f AuditFilter) (store.AuditQuery, error) {
	q := store.AuditQuery{Actor: f.Actor, On: f.On, Action: f.Action, Nouns: f.Nouns, Since: f.Since, Until: f.Until, Before: f.Before, Offset: f.Offset, Limit: f.Limit}
	if q.Limit <= 0 || q.Limit > MaxAuditLines {
		q.Limit = MaxAuditLines
	}
	if err := RequireSelf(actor); err != nil {
		return q, err
	}
	administers := requireOperator(actor)
	everything := administers == nil && !f.Own
	switch {
	case f.Site && administers != nil:
		return q, administers
	case f.Account == "" && everything:
		return q, nil
	case f.Account == "":
		own, err := r.AuditAccounts(ctx, actor)
		for _, a := range own {
			q.AccountIDs = append(q.AccountIDs, a.ID)
		}
		return q, err
	}
	a, err := r.account(ctx, r.Store, actor, f.Account)
	if everything && model.CodeOf(err) == model.NotFound { // gone or renamed
		q.Account = model.FoldLogin(f.Account)
		return q, nil
	}
	if err == nil && !everything {
		err = r.requireAccount(ctx, r.Store, actor, a, model.Admin)
	}
	q.AccountIDs = []int64{a.ID}
	return q, err
}

// AuditAccounts lists the accounts whose lines actor may see as their owner:
// itself, its person, and the organizations that person owns.
func (r *Registry) AuditAccounts(ctx context.Context, actor model.Actor) ([]model.Account, error) {
	if err := RequireSelf(actor); err != nil || actor.AccountID == 0 {
		return nil, err
	}
	self, err := r.Store.AccountByID(ctx, actor.AccountID)
	if err != nil || actor.UserID == 0 {
		return []model.Account{self}, err
	}
	me, err := r.Store.AccountByID(ctx, actor.UserID)
	if err != nil {
		return nil, err
	}
	orgs, err := r.Store.OrganizationsOwned(ctx, actor.UserID)
	return append([]model.Account{me}, orgs...), err
}
