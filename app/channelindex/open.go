package channelindex

import (
	"context"
	"encoding/hex"
	"fmt"

	"vivarium/app/model"
)

// Open answers a format of a view that is at least as new as seq, and reads from
// source when what is kept is older.
func (x *Index) Open(ctx context.Context, key Key, seq int64, source Source, f model.IndexFormat) (model.Document, error) {
	v, err := x.view(ctx, key, seq, source)
	if err != nil {
		return model.Document{}, err
	}
	document, ok := v.documents[f]
	if !ok {
		return model.Document{}, fmt.Errorf("open the index of %q: no format %q", key.Subdir, f)
	}
	return document()
}

// Shard answers the shard with that hash. A shard that the channel no longer
// lists is kept for a week, because clients hold older indexes; it is answered
// only while its package is in this view. Otherwise Shard fails with NotFound,
// which says nothing about why.
func (x *Index) Shard(ctx context.Context, key Key, seq int64, source Source, sha256 string) (model.Document, error) {
	hash, ok := parseHash(sha256)
	if !ok {
		return model.Document{}, errNoShard()
	}
	v, err := x.view(ctx, key, seq, source)
	if err != nil {
		return model.Document{}, err
	}
	if err := v.whole(); err != nil {
		return model.Document{}, err
	}
	s, err := x.shelf.get(placeOf(key), hash)
	if err != nil {
		return model.Document{}, err
	}
	err = withCodec(func(with *codec) error {
		if _, shown, err := v.lists[inShards].find(with, s.name); err != nil || shown {
			return err
		}
		return errNoShard()
	})
	if err != nil {
		return model.Document{}, err
	}
	return s.document(), nil
}

func errNoShard() error {
	return model.Errorf(model.NotFound, "There is no such shard. Fetch the index of shards again.")
}

func parseHash(s string) (h sum, ok bool) {
	if len(s) != hex.EncodedLen(len(h)) {
		return h, false
	}
	_, err := hex.Decode(h[:], []byte(s))
	return h, err == nil && h.String() == s // lower case only: one URL for a shard
}

// view returns the kept view when it is new enough, and otherwise renews it, once
// for all who wait.
func (x *Index) view(ctx context.Context, key Key, seq int64, source Source) (*view, error) {
	if v := x.kept(key); v != nil && v.state.Seq >= seq {
		return v, nil
	}
	// A renewal that was under way before seq was committed may miss it; one that
	// begins after it cannot.
	for range 2 {
		renewed, err, _ := x.renewals.Do(fmt.Sprintf("%#v", key), func() (any, error) {
			return x.renew(context.WithoutCancel(ctx), key, seq, source)
		})
		if err != nil {
			return nil, err
		}
		if v := renewed.(*view); v.state.Seq >= seq {
			return v, nil
		}
	}
	return nil, fmt.Errorf("open the index of %q: read a state older than change %d", key.Subdir, seq)
}

// renew brings the view of key up to source's state.
func (x *Index) renew(ctx context.Context, key Key, seq int64, source Source) (v *view, err error) {
	old := x.kept(key)
	if old != nil && old.state.Seq >= seq { // renewed while this call was on its way
		return old, nil
	}
	if err := x.tidy(); err != nil { // while what is old still counts as listed
		return nil, err
	}
	if old == nil {
		old = x.resume(key)
	}
	err = source(ctx, key.AccountID, func(r Reader) error {
		if old == nil {
			v, err = x.begin(ctx, key, r)
		} else {
			v, err = x.catchUp(ctx, old, r)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("make the index of %q: %w", key.Subdir, err)
	}
	x.install(v)
	return v, nil
}
