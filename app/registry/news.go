package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// How many packages Activity tells of, and how many groups News: anybody may put
// somebody into groups of their own.
const (
	activityLength = 8
	newsLength     = 20
)

// join puts a user into a group and tells them, unless they did it themselves. It
// fails with Conflict when the user is in it already.
func (r *Registry) join(ctx context.Context, tx *store.Store, actor model.Actor, groupID, userID int64) error {
	if err := tx.AddMember(ctx, groupID, userID, r.Clock.Now()); err != nil || actor.UserID == userID {
		return err
	}
	author := actor.Login
	if actor.UserID != 0 && actor.UserID != actor.AccountID { // somebody acts as an organization
		person, err := tx.AccountByID(ctx, actor.UserID)
		if err != nil {
			return err
		}
		author = person.Login
	}
	return tx.AddNews(ctx, userID, groupID, author, r.Clock.Now())
}

// News lists what the person behind actor is told: who put them into which group, the
// last first.
func (r *Registry) News(ctx context.Context, actor model.Actor) ([]model.News, error) {
	if err := requireUser(actor); err != nil {
		return nil, err
	}
	return r.Store.News(ctx, actor.UserID, newsLength)
}

// DismissNews forgets what the person behind actor was told about a group. It
// leaves no audit line, as nobody's rights change.
func (r *Registry) DismissNews(ctx context.Context, actor model.Actor, groupID int64) error {
	if err := requireUser(actor); err != nil {
		return err
	}
	return r.Store.DeleteNews(ctx, actor.UserID, groupID)
}

// Activity lists the newest files of what the person behind actor follows: what
// they starred and what belongs to them or to their organizations, one file of each
// package, as far as actor may see it.
func (r *Registry) Activity(ctx context.Context, actor model.Actor) ([]model.File, error) {
	if err := requireUser(actor); err != nil {
		return nil, err
	}
	sight, err := r.sight(actor)
	if err != nil {
		return nil, err
	}
	return r.Store.NewestFollowed(ctx, actor.UserID, sight, activityLength)
}
