package registry

import (
	"context"
	"time"

	"vivarium/app/channelindex"
	"vivarium/app/model"
	"vivarium/app/store"
)

// indexFiles writes a line of the channel's change log for each of files into the
// transaction. A view of the index that is opened afterwards reads it.
func (r *Registry) indexFiles(ctx context.Context, tx *store.Store, accountID int64, files ...model.File) error {
	changes := make([]model.IndexChange, len(files))
	for i, f := range files {
		changes[i] = model.IndexChange{Subdir: f.Subdir, Package: model.FoldName(f.Package), File: f.FileName()}
	}
	_, err := tx.AppendChanges(ctx, accountID, r.Clock.Now(), changes)
	return err
}

// indexPackages is indexFiles for all files of packages, by lookup name. Without
// names it is for all there are.
func (r *Registry) indexPackages(ctx context.Context, tx *store.Store, accountID int64, names ...string) error {
	changes := make([]model.IndexChange, max(len(names), 1))
	for i, name := range names {
		changes[i].Package = name
	}
	_, err := tx.AppendChanges(ctx, accountID, r.Clock.Now(), changes)
	return err
}

// modified is when the channel's index last changed for actor.
func modified(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account) (time.Time, error) {
	_, v, err := sightIn(ctx, tx, actor, a)
	return modifiedFor(a, v), err
}

// modifiedFor is when the views of a channel with a visibility last changed, or
// the channel was created. It tells nobody of a change of what is hidden from
// them: for those with grants on some packages no such moment is kept, and it is
// zero.
func modifiedFor(a model.Account, v channelindex.Visibility) time.Time {
	var at time.Time
	switch v {
	case channelindex.Public:
		at = a.PublicAt
	case channelindex.Authenticated:
		at = a.AuthenticatedAt
	case channelindex.Owner:
		at = a.IndexedAt
	default:
		return time.Time{}
	}
	if at.IsZero() {
		return a.CreatedAt
	}
	return at
}
