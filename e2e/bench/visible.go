package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/klauspost/compress/zstd"
)

// form is an index of a channel in one encoding.
type form struct{ path, encoding string }

const shardsPath = channelPath + "repodata_shards.msgpack.zst"

// forms are all indexes that change with a publish.
var forms = []form{
	{channelPath + "repodata.json", "gzip"}, {indexPath, "identity"}, {shardsPath, "identity"},
	{channelPath + "current_repodata.json", "gzip"}, {channelPath + "current_repodata.json.zst", "identity"},
	{channelPath + "run_exports.json", "gzip"}, {channelPath + "run_exports.json.zst", "identity"},
	{"/conda/" + owner + "/channeldata.json", "gzip"},
}

// published is what one publish took, until every index showed it, and which part
// of the CPU the indexes took.
type published struct{ cpu, wall, indexes time.Duration }

// publish uploads a package and asks every index, by HEAD since the sending is
// measured elsewhere, and then the package's shard.
func publish(ctx context.Context, a api, server *process, c condaPackage) (published, error) {
	before, err := tags(ctx, a.site)
	if err != nil {
		return published{}, err
	}
	upload, err := timed(server, func() error { return a.upload(ctx, c) })
	if err != nil {
		return published{}, err
	}
	var after []string
	took, err := timed(server, func() error {
		after, err = tags(ctx, a.site)
		return err
	})
	if err != nil {
		return took, err
	}
	for i, f := range forms {
		if before[i] == after[i] {
			return took, fmt.Errorf("%s is as it was before %s was published", f.path, c.name)
		}
	}
	hash, err := listedShard(ctx, a.site, c.name)
	if err != nil {
		return took, err
	}
	shard, err := timed(server, func() error {
		_, err := get(ctx, a.site+channelPath+"shards/"+hash+".msgpack.zst")
		return err
	})
	took.indexes = took.cpu + shard.cpu
	return published{upload.cpu + took.indexes, upload.wall + took.wall + shard.wall, took.indexes}, err
}

// tags returns the ETag of each of the forms.
func tags(ctx context.Context, site string) (all []string, err error) {
	for _, f := range forms {
		got, err := ask(ctx, http.MethodHead, site+f.path, f.encoding)
		if err != nil {
			return nil, err
		}
		all = append(all, got.header.Get("ETag"))
	}
	return all, nil
}

// timed measures do.
func timed(server *process, do func() error) (took published, err error) {
	begin := time.Now()
	took.cpu, err = spent(server, do)
	took.wall = time.Since(begin)
	return took, err
}

// listedShard returns the hash of a package's shard from the index of shards.
func listedShard(ctx context.Context, site, name string) (string, error) {
	got, err := get(ctx, site+shardsPath)
	if err != nil {
		return "", err
	}
	return findShard(got.body, name)
}

// findShard finds the hash after the name of a package in an index of shards. In
// msgpack 32 bytes begin with c4 20.
func findShard(index []byte, name string) (string, error) {
	z, err := zstd.NewReader(nil)
	if err != nil {
		return "", err
	}
	defer z.Close()
	plain, err := z.DecodeAll(index, nil)
	if err != nil {
		return "", err
	}
	const hashSize = 32
	_, hash, found := bytes.Cut(plain, append([]byte(name), 0xc4, hashSize))
	if !found || len(hash) < hashSize {
		return "", errors.New("the index of shards does not list " + name)
	}
	return hex.EncodeToString(hash[:hashSize]), nil
}

// publishing is what publishes took in a channel of so many files.
type publishing struct {
	files int
	took  []published
}

func (p publishing) cpu() []time.Duration {
	return pick(p.took, func(one published) time.Duration { return one.cpu })
}

func (p publishing) indexes() []time.Duration {
	return pick(p.took, func(one published) time.Duration { return one.indexes })
}

func (p publishing) wall() []time.Duration {
	return pick(p.took, func(one published) time.Duration { return one.wall })
}

func pick(all []published, what func(published) time.Duration) (out []time.Duration) {
	for _, one := range all {
		out = append(out, what(one))
	}
	return out
}

// quantile returns the value that a share of all is not above, 0 of none.
func quantile(all []time.Duration, share float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

func mean(all []time.Duration) time.Duration { return sum(all) / time.Duration(len(all)) }
