package channelindex

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"vivarium/app/model"
)

// sum is a SHA-256.
type sum [sha256.Size]byte

// String returns the hash in lower-case hex.
func (s sum) String() string { return hex.EncodeToString(s[:]) }

// view is one view at one moment. It is never changed, so that all that is read of
// it belongs together; a newer one shares with it what is still right.
type view struct {
	key   Key
	state State
	// stamp tells the change of that number from one in another history of the
	// database, as after a backup was put back.
	stamp     string
	lists     lists
	subdirs   subdirCount      // of a whole channel
	broken    map[string]error // why a package has no shard; no other does then
	documents map[model.IndexFormat]func() (model.Document, error)

	// Guarded by Index.mu.
	used    time.Time
	counted int64 // how much of size the Index knows
	saved   bool
}

// encoding names how chunks are packed. It is part of ETags, and of views that are
// saved: when the library packs otherwise, the same content has other bytes.
const encoding = "klauspost/compress v1.20.3"

// complete makes the documents that v answers, each when it is first asked for.
func (x *Index) complete(v *view) *view {
	all := layouts
	if v.key.Subdir == "" {
		all = channelLayouts
	}
	v.documents = map[model.IndexFormat]func() (model.Document, error){}
	for f, layout := range all {
		d := sync.OnceValue(func() splicing { return layout(v) })
		v.documents[f] = sync.OnceValues(func() (model.Document, error) { return x.document(v, d(), plainCoding{}, "plain"), nil })
		v.documents[f.Zstd()] = sync.OnceValues(func() (model.Document, error) { return x.document(v, d(), zstdCoding{}, "zstd"), nil })
		v.documents[f.Gzip()] = sync.OnceValues(func() (model.Document, error) {
			defer x.settle(v)
			return x.gzipDocument(v, d())
		})
	}
	if v.key.Subdir != "" {
		v.documents[model.ShardIndex] = sync.OnceValues(func() (model.Document, error) { return x.shardDocument(v) })
	}
	return v
}

func (x *Index) shardDocument(v *view) (model.Document, error) {
	if err := v.whole(); err != nil {
		return model.Document{}, err
	}
	return x.document(v, v.shardIndex(), zstdCoding{}, "zstd"), nil
}

// whole fails when the index of shards would lack a package.
func (v *view) whole() error { return errors.Join(slices.Collect(maps.Values(v.broken))...) }

func (x *Index) gzipDocument(v *view, d splicing) (model.Document, error) {
	packed, err := packGzip(d)
	if err != nil {
		return model.Document{}, fmt.Errorf("pack the index of %s: %w", v.key.Subdir, err)
	}
	doc := x.document(v, d, packed, "gzip")
	doc.ContentEncoding = "gzip"
	return doc, nil
}

// document wraps a document in a form. Its ETag is a hash of the bytes' cause: what
// it says, how that is divided, and how it is packed.
func (x *Index) document(v *view, d splicing, c coding, form string) model.Document {
	content := d.hash()
	tag := sum(sha256.Sum256(append(content[:], form+encoding...)))
	contentType := "application/json"
	if form == "zstd" {
		contentType = "application/zstd"
	}
	return model.Document{
		Body:        newBody(d, c, x.spool),
		ContentType: contentType,
		ETag:        `"` + tag.String()[:32] + `"`,
		ModTime:     v.state.ModTime,
	}
}

// viewOverhead is what a view takes that has nothing in it: anybody may ask for
// labels that nobody used.
const viewOverhead = 8 << 10

// size is the memory that the view takes if it shares nothing.
func (v *view) size() int64 {
	n := int64(viewOverhead)
	for _, list := range v.lists {
		for _, g := range list.groups {
			n += g.memory()
		}
	}
	return n
}
