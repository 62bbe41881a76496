package channelindex

import (
	"crypto/sha256"
	"fmt"
	"time"

	"vivarium/app/model"
)

// shard holds the records of one package name (CEP 16). It depends on its records
// alone, so that views share it.
type shard struct {
	name string
	hash sum // of body, which is what clients ask by
	body []byte
}

func (s *shard) document() model.Document {
	return model.Document{
		Body:        model.Bytes(s.body),
		ContentType: "application/zstd",
		ETag:        `"` + s.hash.String() + `"`,
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
	return digest(name, s.hash), x.keepShard(placeOf(v.key), s)
}

// shardMaker makes shards one after another with the same buffers.
type shardMaker struct {
	raw []byte
	z   compressor
}

func (m *shardMaker) make(group []Record) (*shard, error) {
	raw, err := encodeShard(m.raw[:0], group)
	if err != nil {
		return nil, err
	}
	m.raw = raw
	body, err := m.z.compress(raw)
	if err != nil {
		return nil, err
	}
	return &shard{name: group[0].Package, hash: sha256.Sum256(body), body: body}, nil
}

// shardIndex is the file that names the shard of every package. The shards lie
// beside it; packages are in the same folder.
func (v *view) shardIndex() splicing {
	start := appendMap(nil, 3)
	start = appendMap(appendString(start, "info"), 4)
	for _, info := range [][2]string{
		{"base_url", ""},
		{"created_at", v.state.Created.UTC().Format(time.RFC3339)},
		{"shards_base_url", "./shards/"},
		{"subdir", v.key.Subdir},
	} {
		start = appendString(appendString(start, info[0]), info[1])
	}
	start = appendMap(appendString(start, "shards"), v.lists[inShards].count)
	return splicing{
		{string(start), v.lists[inShards]},
		{string(appendUint(appendString(nil, "version"), 1)), nil},
	}
}
