package channelindex

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"vivarium/app/model"
)

// Check is what Verify has found about a view.
type Check struct {
	Key Key
	// Kept says that the view was in memory or saved: if not there was nothing to
	// compare.
	Kept    bool
	Seq     int64
	Entries int // of its longest list
	// Wrong is the documents that are served otherwise than the database says; the
	// index of shards also when a shard is absent or damaged.
	Wrong []model.IndexFormat
}

// Verify compares the view of key as Open would serve it now, from memory or from
// the folder and brought up to date, with one that is made from nothing out of the
// same state of the database, packed bytes included. It changes nothing. Rebuild
// puts right what it finds.
func (x *Index) Verify(ctx context.Context, key Key, source Source) (Check, error) {
	check := Check{Key: key}
	old := x.kept(key)
	if old == nil {
		old = x.resume(key)
	}
	if old == nil {
		return check, nil
	}
	err := source(ctx, key.AccountID, func(r Reader) error {
		served, err := x.catchUp(ctx, old, r)
		if err != nil {
			return err
		}
		right, err := x.apart(nil).rebuild(ctx, key, r)
		if err != nil {
			return err
		}
		check.Kept, check.Seq = true, right.state.Seq
		for _, list := range right.lists {
			check.Entries = max(check.Entries, list.count)
		}
		check.Wrong, err = x.compare(served, right)
		return err
	})
	if err != nil {
		return check, fmt.Errorf("verify the index of %q: %w", key.Subdir, err)
	}
	return check, nil
}

// Rebuild makes the view of key from nothing and keeps it in the place of what was
// kept or saved. It does so for this process alone: others do it when the change
// log has a line without a package.
func (x *Index) Rebuild(ctx context.Context, key Key, source Source) error {
	err := source(ctx, key.AccountID, func(r Reader) error {
		v, err := x.apart(x.shelf.replace).rebuild(ctx, key, r)
		if err != nil {
			return err
		}
		x.install(x.complete(v))
		return nil
	})
	if err != nil {
		return fmt.Errorf("rebuild the index of %q: %w", key.Subdir, err)
	}
	return nil
}

// apart is an index that believes nothing of what x keeps, and gives the shards
// that it makes to keep.
func (x *Index) apart(keep func(place, *shard) error) *Index {
	if keep == nil {
		keep = func(place, *shard) error { return nil }
	}
	return &Index{clock: x.clock, memory: x.memory, chunks: newPool(), shelf: newShelf(x.clock, nil), keepShard: keep}
}

// listsOf says which lists a document is made of.
var listsOf = map[model.IndexFormat][]listID{
	model.Repodata:          {inPackages, inPackagesConda, inRemoved},
	model.CurrentRepodata:   {inCurrent, inCurrentConda},
	model.RunExports:        {inRunExports, inRunExportsConda},
	model.PatchInstructions: {inPatches, inPatchesConda, inRemoved},
	model.ShardIndex:        {inShards},
	model.ChannelData:       {inChannelData},
}

// compare lists the documents in which two views differ.
func (x *Index) compare(served, right *view) ([]model.IndexFormat, error) {
	var wrong []model.IndexFormat
	for _, f := range []model.IndexFormat{model.Repodata, model.CurrentRepodata, model.RunExports, model.PatchInstructions, model.ShardIndex, model.ChannelData} {
		same := true
		for _, l := range listsOf[f] {
			same = same && sameList(served.lists[l], right.lists[l])
		}
		if f == model.ChannelData {
			same = same && served.subdirs.json() == right.subdirs.json()
		}
		if f == model.ShardIndex && same {
			var err error
			if same, err = x.shardsWhole(served); err != nil {
				return nil, err
			}
		}
		if !same {
			wrong = append(wrong, f)
		}
	}
	return wrong, nil
}

func sameList(a, b *sequence) bool {
	if a.hash != b.hash || a.count != b.count || len(a.groups) != len(b.groups) {
		return false
	}
	for i, g := range a.groups {
		if len(g.chunks) != len(b.groups[i].chunks) {
			return false
		}
		for j, c := range g.chunks {
			if !bytes.Equal(c.zstd, b.groups[i].chunks[j].zstd) {
				return false
			}
		}
	}
	return true
}

// shardsWhole says whether every shard that v lists is there, under its own hash.
func (x *Index) shardsWhole(v *view) (whole bool, err error) {
	whole = true
	err = withCodec(func(with *codec) error {
		for d, err := range v.lists[inShards].all(with) {
			if err != nil {
				return err
			}
			s, err := x.shelf.get(placeOf(v.key), d.hash())
			if errors.Is(err, errPack) || model.CodeOf(err) == model.NotFound {
				whole = false
				continue
			}
			if err != nil {
				return err
			}
			whole = whole && s.name == d.key && sha256.Sum256(s.body) == d.hash()
		}
		return nil
	})
	return whole, err
}
