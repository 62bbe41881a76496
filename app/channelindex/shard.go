package channelindex

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/vmihailenco/msgpack/v5"

	"vivarium/app/model"
)

// shard holds the records of one package name (CEP 16). It depends on its
// records alone, so that views and moments share it.
type shard struct {
	name  string
	input sum // of the records
	hash  sum // of body, which is what clients ask by
	body  []byte
}

// size is what keeping the shard takes.
func (s *shard) size() int64 { return int64(len(s.body)) + shardOverhead }

func (s *shard) document(key Key) model.Document {
	return model.Document{
		Body:        model.Bytes(s.body),
		ContentType: "application/zstd",
		ETag:        `"` + s.hash.String() + `"`,
		Private:     key.Visibility != Public,
		Immutable:   true,
	}
}

// shardSet is the shards of a view.
type shardSet struct {
	all    []*shard // by name
	byName map[string]*shard
	byHash map[sum]*shard
}

func (v *view) makeShards(reuse func(Key, sum) *shard) (*shardSet, error) {
	set := &shardSet{byName: map[string]*shard{}, byHash: map[sum]*shard{}}
	maker := shardMaker{}
	for _, group := range groupByPackage(v.records) {
		input := sumOf(group)
		s := reuse(v.key, input)
		if s == nil {
			made, err := maker.make(group)
			if err != nil {
				return nil, fmt.Errorf("make the shard of %s: %w", group[0].Package, err)
			}
			s = made
			s.input = input
		}
		set.add(s)
		v.size.Add(s.size())
	}
	v.made.Store(set)
	return set, nil
}

func (set *shardSet) add(s *shard) {
	set.all = append(set.all, s)
	set.byName[s.name] = s
	set.byHash[s.hash] = s
}

// groupByPackage returns the records of each package, by its name, each group by
// file name as records are.
func groupByPackage(records []Record) [][]Record {
	sorted := slices.Clone(records)
	slices.SortStableFunc(sorted, func(a, b Record) int { return cmp.Compare(a.Package, b.Package) })
	var groups [][]Record
	for len(sorted) > 0 {
		n := 1
		for n < len(sorted) && sorted[n].Package == sorted[0].Package {
			n++
		}
		groups = append(groups, sorted[:n])
		sorted = sorted[n:]
	}
	return groups
}

// sumOf hashes all that a shard is made from. Lengths stand before the parts, so
// that no two inputs run together.
func sumOf(group []Record) sum {
	h := sha256.New()
	part := func(b []byte) {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(b)))
		h.Write(n[:])
		h.Write(b)
	}
	part([]byte(group[0].Package))
	for _, r := range group {
		part([]byte(r.FileName))
		part([]byte{byte(r.section())})
		part(r.JSON)
		part(r.RunExports)
	}
	return sum(h.Sum(nil))
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

// encodeShardIndex makes the file that names the shard of every package. The
// shards lie beside it; packages are in the same folder.
func encodeShardIndex(subdir string, created time.Time, shards *shardSet) ([]byte, error) {
	names := make(map[string]any, len(shards.all))
	for _, s := range shards.all {
		names[s.name] = s.hash[:]
	}
	var raw bytes.Buffer
	err := encodeValue(msgpack.NewEncoder(&raw), map[string]any{
		"version": int64(1),
		"info": map[string]any{
			"subdir":          subdir,
			"base_url":        "",
			"shards_base_url": "./shards/",
			"created_at":      created.Format(time.RFC3339),
		},
		"shards": names,
	})
	if err != nil {
		return nil, fmt.Errorf("encode the index of shards: %w", err)
	}
	var z compressor
	return z.compress(raw.Bytes())
}
