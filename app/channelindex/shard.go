package channelindex

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/vmihailenco/msgpack/v5"

	"vivarium/app/model"
)

// shard holds the records of one package name (CEP 16). It depends on its records
// alone, so that views share it.
type shard struct {
	name string
	hash sum // of body, which is what clients ask by
	body []byte
}

func (s *shard) document(key Key) model.Document {
	return model.Document{
		Body:        model.Bytes(s.body),
		ContentType: "application/zstd",
		ETag:        `"` + s.hash.String() + `"`,
		Private:     key.Visibility != Public,
		Immutable:   true,
	}
}

// makeShard makes the shard of a package in v, of its records by file name, and
// keeps it to be asked for. It returns the entry that lists it, without text when
// there is no shard of these records, which v notes.
func (x *Index) makeShard(with *codec, v *view, group []Record) (entry, error) {
	name := group[0].Package
	s, err := with.shards.make(group)
	if err != nil {
		v.broken[name] = fmt.Errorf("make the shard of %s: %w", name, err)
		return entry{key: name}, nil
	}
	return digest(name, s.hash), x.shelf.put(placeOf(v.key), s)
}

// shardMaker makes shards one after another with the same buffers.
type shardMaker struct {
	raw bytes.Buffer
	z   compressor
}

func (m *shardMaker) make(group []Record) (*shard, error) {
	m.raw.Reset()
	if err := encodeShard(msgpack.NewEncoder(&m.raw), group); err != nil {
		return nil, err
	}
	body, err := m.z.compress(m.raw.Bytes())
	if err != nil {
		return nil, err
	}
	return &shard{name: group[0].Package, hash: sha256.Sum256(body), body: body}, nil
}

// shardIndex is the file that names the shard of every package. The shards lie
// beside it; packages are in the same folder.
func (v *view) shardIndex() splicing {
	list := v.lists[inShards]
	start := msgpackText(func(e *msgpack.Encoder) error {
		if err := e.EncodeMapLen(3); err != nil {
			return err
		}
		if err := e.EncodeString("info"); err != nil {
			return err
		}
		if err := encodeValue(e, map[string]any{
			"subdir":          v.key.Subdir,
			"base_url":        "",
			"shards_base_url": "./shards/",
			"created_at":      v.state.Created.UTC().Format(time.RFC3339),
		}); err != nil {
			return err
		}
		if err := e.EncodeString("shards"); err != nil {
			return err
		}
		return e.EncodeMapLen(list.count)
	})
	return splicing{{start, list}, {msgpackText(func(e *msgpack.Encoder) error { return e.EncodeMulti("version", 1) }), nil}}
}
