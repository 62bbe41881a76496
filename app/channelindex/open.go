package channelindex

import (
	"context"
	"encoding/hex"
	"fmt"

	"vivarium/app/model"
)

// Open answers a format of a view that is at least as new as seq, and calls load
// when what is kept is older. The body is shared: it must not be changed.
func (x *Index) Open(ctx context.Context, key Key, seq int64, load Loader, f model.IndexFormat) (model.Document, error) {
	v, err := x.view(ctx, key, seq, load)
	if err != nil {
		return model.Document{}, err
	}
	encode, ok := v.formats[f]
	if !ok {
		return model.Document{}, fmt.Errorf("open the index of %s: no format %q", key.Subdir, f)
	}
	defer x.settle(v)
	return encode()
}

// Shard answers the shard with that hash. A shard that the channel no longer
// lists is kept for a week, because clients hold older indexes; it is answered
// only while its package is in this view. Otherwise Shard fails with NotFound,
// which says nothing about why.
func (x *Index) Shard(ctx context.Context, key Key, seq int64, load Loader, sha256 string) (model.Document, error) {
	hash, ok := parseHash(sha256)
	if !ok {
		return model.Document{}, errNoShard()
	}
	v, err := x.view(ctx, key, seq, load)
	if err != nil {
		return model.Document{}, err
	}
	defer x.settle(v)
	shards, err := v.shards()
	if err != nil {
		return model.Document{}, err
	}
	if s := shards.byHash[hash]; s != nil {
		return s.document(key), nil
	}
	if s := x.oldShard(key, hash); s != nil && shards.byName[s.name] != nil {
		return s.document(key), nil
	}
	return model.Document{}, errNoShard()
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

// view returns the kept view when it is new enough, and otherwise builds it,
// once for all who wait.
func (x *Index) view(ctx context.Context, key Key, seq int64, load Loader) (*view, error) {
	if v := x.kept(key, seq); v != nil {
		return v, nil
	}
	// A build that was under way before seq was committed may miss it; one that
	// begins after it cannot.
	for range 2 {
		built, err, _ := x.builds.Do(fmt.Sprintf("%#v", key), func() (any, error) {
			return x.build(context.WithoutCancel(ctx), key, seq, load)
		})
		if err != nil {
			return nil, err
		}
		if v := built.(*view); v.seq >= seq {
			return v, nil
		}
	}
	return nil, fmt.Errorf("open the index of %s: loaded a state older than change %d", key.Subdir, seq)
}

func (x *Index) build(ctx context.Context, key Key, seq int64, load Loader) (*view, error) {
	if v := x.kept(key, seq); v != nil { // built while this call was on its way
		return v, nil
	}
	snapshot, err := load(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("load the index of %s: %w", key.Subdir, err)
	}
	v := newView(key, snapshot, x.reuse)
	x.install(v)
	return v, nil
}
