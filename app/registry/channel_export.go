package registry

import (
	"context"
	"iter"

	"vivarium/app/model"
	"vivarium/app/store"
)

// exportPage is how many files are read at a time.
const exportPage = 1000

// ExportFiles yields the conda and Python files of a channel that carry the label,
// as actor sees it; for Package each has the normalized name.
func (r *Registry) ExportFiles(ctx context.Context, actor model.Actor, channel, label string) iter.Seq2[model.File, error] {
	return func(yield func(model.File, error) bool) {
		a, key, sight, err := r.channelView(ctx, r.Store, actor, channel, label)
		if err != nil {
			yield(model.File{}, err)
			return
		}
		view := store.ChannelView{AccountID: a.ID, Label: key.Label, Sight: sight}
		for last := int64(0); ; {
			page, err := r.Store.ExportFiles(ctx, view, last, exportPage)
			if err != nil {
				yield(model.File{}, err)
				return
			}
			for _, f := range page {
				if last = f.ID; !yield(f, nil) {
					return
				}
			}
			if len(page) < exportPage {
				return
			}
		}
	}
}

// EachShard calls visit with every shard that the index of a subdir lists, as actor
// sees it, by its hash.
func (r *Registry) EachShard(ctx context.Context, actor model.Actor, channel, label, subdir string, visit func(sha256 string, doc model.Document) error) error {
	a, key, sight, err := r.view(ctx, actor, channel, label, subdir)
	if err != nil {
		return err
	}
	return r.Index.EachShard(ctx, key, a.Seq, r.indexSource(sight), visit)
}
