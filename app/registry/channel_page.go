package registry

import (
	"context"
	"slices"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// Bounds of what is listed at once.
const (
	pageFiles = 1000
	feedFiles = 50
)

// ChannelListing is what an actor sees of a channel or a subdir of it under a
// label, for people.
type ChannelListing struct {
	Account model.Account
	// Subdirs are those that have files, and noarch, sorted.
	Subdirs []string
	Files   []model.File
	// More says that files follow after the last of Files.
	More bool
	// Modified is when the channel's index last changed.
	Modified time.Time
}

// ChannelSubdirs lists the subdirs of a channel.
func (r *Registry) ChannelSubdirs(ctx context.Context, actor model.Actor, channel, label string) (ChannelListing, error) {
	return r.listChannel(ctx, actor, channel, label, func(tx *store.Store, v store.ChannelView, out *ChannelListing) (err error) {
		if out.Subdirs, err = tx.CondaSubdirs(ctx, v); err != nil {
			return err
		}
		if at, found := slices.BinarySearch(out.Subdirs, "noarch"); !found {
			out.Subdirs = slices.Insert(out.Subdirs, at, "noarch")
		}
		return nil
	})
}

// SubdirFiles lists the conda files of a subdir by name, a page of them, that come
// after a name.
func (r *Registry) SubdirFiles(ctx context.Context, actor model.Actor, channel, label, subdir, after string) (ChannelListing, error) {
	return r.listChannel(ctx, actor, channel, label, func(tx *store.Store, v store.ChannelView, out *ChannelListing) (err error) {
		if !r.subdirCould(subdir) {
			return errNoView(out.Account)
		}
		out.Files, err = tx.SubdirFiles(ctx, v, subdir, after, pageFiles+1)
		if out.More = len(out.Files) > pageFiles; out.More {
			out.Files = out.Files[:pageFiles]
		}
		return err
	})
}

// NewestFiles lists the files of a channel that were uploaded last, the newest
// first.
func (r *Registry) NewestFiles(ctx context.Context, actor model.Actor, channel, label string) (ChannelListing, error) {
	return r.listChannel(ctx, actor, channel, label, func(tx *store.Store, v store.ChannelView, out *ChannelListing) (err error) {
		out.Files, err = tx.NewestFiles(ctx, v, feedFiles)
		return err
	})
}

func (r *Registry) listChannel(ctx context.Context, actor model.Actor, channel, label string, list func(*store.Store, store.ChannelView, *ChannelListing) error) (ChannelListing, error) {
	var out ChannelListing
	err := r.Store.InReadTx(ctx, func(tx *store.Store) error {
		a, key, sight, err := r.channelView(ctx, tx, actor, channel, label)
		if err != nil {
			return err
		}
		out = ChannelListing{Account: a, Modified: modifiedFor(a, key.Visibility)}
		return list(tx, store.ChannelView{AccountID: a.ID, Label: key.Label, Sight: sight}, &out)
	})
	return out, err
}
