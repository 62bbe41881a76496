package registry

import (
	"context"

	"vivarium/app/model"
)

// ReindexRequest says which indexes are made anew.
type ReindexRequest struct {
	Channel string // empty: all
	// Read reads every archive again and puts the records right first.
	Read bool
	// Looked is called for every file that is read, with how many there are.
	Looked func(total int)
}

// ReindexSums counts what Reindex did.
type ReindexSums struct {
	Channels, Files, Changed int
	// Unreadable is the files whose archives cannot be read; their records stay.
	Unreadable []Flaw
}

// Reindex makes the indexes of a channel anew, while requests go on: every process
// makes them from nothing when they are asked for next. What is kept of what its
// packages need is read again.
func (r *Registry) Reindex(ctx context.Context, actor model.Actor, in ReindexRequest) (ReindexSums, error) {
	var sums ReindexSums
	if err := requireOperator(actor); err != nil {
		return sums, err
	}
	channels, err := r.reindexed(ctx, actor, in.Channel)
	if err != nil {
		return sums, err
	}
	for _, a := range channels {
		if in.Read {
			if err := r.rereadAll(ctx, actor, a, in, &sums); err != nil {
				return sums, err
			}
		}
		if err := r.outdate(ctx, actor, a); err != nil {
			return sums, err
		}
		if err := r.Store.UnreadAll(ctx, a.ID); err != nil {
			return sums, err
		}
		sums.Channels++
	}
	if err := r.NoteDependencies(ctx); err != nil {
		return sums, err
	}
	r.done(ctx, "indexes made anew", actor, "channels", sums.Channels, "files", sums.Files)
	return sums, nil
}

func (r *Registry) reindexed(ctx context.Context, actor model.Actor, channel string) ([]model.Account, error) {
	if channel == "" {
		return r.Store.Channels(ctx)
	}
	a, err := r.account(ctx, r.Store, actor, channel)
	return []model.Account{a}, err
}

// rereadAll puts the records of a channel right.
func (r *Registry) rereadAll(ctx context.Context, actor model.Actor, a model.Account, in ReindexRequest, sums *ReindexSums) error {
	total, err := r.Store.CountAllFiles(ctx, a.ID)
	if err != nil {
		return err
	}
	type outcome struct {
		right   model.File
		changed bool
		err     error
	}
	look := func(f model.File) (o outcome) {
		o.right, o.changed, o.err = r.reread(f)
		return o
	}
	return eachFile(ctx, r, a.ID, look, func(f model.File, o outcome) error {
		sums.Files++
		in.Looked(total)
		switch {
		case o.err != nil:
			sums.Unreadable = append(sums.Unreadable, Flaw{Name: f.FullName(), Problem: model.MessageOf(o.err)})
			return nil
		case !o.changed:
			return nil
		}
		sums.Changed++
		return r.writeRecord(ctx, actor, o.right)
	})
}
