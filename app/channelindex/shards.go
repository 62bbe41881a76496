package channelindex

import (
	"context"

	"vivarium/app/model"
)

// EachShard calls visit with every shard that the view's index lists, by the hash
// under which clients ask for it. The view is as new as Open's.
func (x *Index) EachShard(ctx context.Context, key Key, seq int64, source Source, visit func(sha256 string, doc model.Document) error) error {
	v, err := x.view(ctx, key, seq, source)
	if err != nil {
		return err
	}
	if err := v.whole(); err != nil {
		return err
	}
	return withCodec(func(with *codec) error {
		for d, err := range v.lists[inShards].all(with) {
			if err != nil {
				return err
			}
			s, err := x.shelf.get(placeOf(key), d.hash())
			if err != nil {
				return err
			}
			if err := visit(s.hash.String(), s.document()); err != nil {
				return err
			}
		}
		return nil
	})
}
