package registry

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vivarium/app/channelindex"
	"vivarium/app/model"
	"vivarium/app/store"
)

// indexes compares what is kept of the channels' indexes with what they would be if
// they were made from nothing.
func (c *checker) indexes(ctx context.Context) error {
	channels, err := c.Store.Channels(ctx)
	if err != nil {
		return err
	}
	for _, a := range channels {
		if err := c.channel(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) channel(ctx context.Context, a model.Account) error {
	wrong, err := c.wrongViews(ctx, a)
	if err != nil {
		return err
	}
	for _, check := range wrong {
		var names []string
		for _, f := range check.Wrong {
			names = append(names, string(f))
		}
		key := check.Key
		err := c.tell(ctx, finding{
			Flaw: Flaw{
				Name:    strings.TrimSuffix(fmt.Sprintf("index of %s/label/%s/%s", a.Login, key.Label, key.Subdir), "/"),
				Problem: fmt.Sprintf("What is kept for who sees %q differs from the database: %s.", key.Visibility, strings.Join(names, ", ")),
			},
			repair: func(ctx context.Context) error { return c.Index.Rebuild(ctx, key, c.indexSource(store.Sight{})) },
		})
		if err != nil {
			return err
		}
	}
	if len(wrong) == 0 || !c.Repair {
		return nil
	}
	if err := c.Index.Save(ctx); err != nil {
		return err
	}
	return c.outdate(ctx, c.actor, a)
}

// wrongViews verifies the views that every channel has, in every label and subdir.
func (c *checker) wrongViews(ctx context.Context, a model.Account) (wrong []channelindex.Check, err error) {
	labels, err := c.Store.LabelNames(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	for _, label := range labels {
		sight := store.Sight{SignedIn: true, Owns: []int64{a.ID}}
		subdirs, err := c.Store.CondaSubdirs(ctx, store.ChannelView{AccountID: a.ID, Label: label, Sight: sight})
		if err != nil {
			return nil, err
		}
		for _, subdir := range append(slices.Clone(subdirs), "") { // the last is the whole channel
			for _, visibility := range []channelindex.Visibility{channelindex.Public, channelindex.Authenticated, channelindex.Owner} {
				key := channelindex.Key{AccountID: a.ID, Label: label, Subdir: subdir, Visibility: visibility}
				check, err := c.Index.Verify(ctx, key, c.indexSource(store.Sight{}))
				if err != nil {
					return nil, err
				}
				if check.Kept {
					c.sums.Indexes++
				}
				if len(check.Wrong) > 0 {
					wrong = append(wrong, check)
				}
			}
		}
	}
	return wrong, nil
}

// outdate makes every process make all indexes of a channel from nothing when they
// are asked for next.
func (r *Registry) outdate(ctx context.Context, actor model.Actor, a model.Account) error {
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if err := r.indexPackages(ctx, tx, a.ID); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, a.Login, "channel.reindex", a.Login, "")
	})
	return err
}
