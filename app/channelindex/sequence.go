package channelindex

import (
	"crypto/sha256"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"vivarium/app/format/splice"
)

// sequence is entries sorted by key, in chunks and groups of chunks. It is never
// changed: a change makes another, which shares all chunks but a few.
type sequence struct {
	kind   *kind
	groups []*group
	count  int
	hash   sum
}

// group is a run of chunks, with what is known of all together, so that a change
// in a long sequence does not look at every chunk.
type group struct {
	chunks []*chunk
	count  int
	hash   sum
	text   int64 // of the chunks, with glue before each
	zstd   int64 // the same
	beside int64 // what the chunks take beside that
	gzip   func(*codec) (gzipSums, error)
	// deflated is the size that gzip told, if it was called.
	deflated atomic.Int64
}

// gzipSums is what is known of a group only when it has been packed for gzip.
type gzipSums struct {
	size       int64           // of the chunks, with glue before each
	text, bare splice.Checksum // the same; and without the glue before the first
}

func newGroup(k *kind, chunks []*chunk) *group {
	g := &group{chunks: chunks}
	h := sha256.New()
	for _, c := range chunks {
		g.count += c.count
		g.text += int64(len(k.glue)) + c.text.Size
		g.zstd += int64(len(k.glueZstd) + len(c.zstd))
		g.beside += c.overhead()
		h.Write(c.hash[:])
	}
	h.Sum(g.hash[:0])
	g.gzip = onceGood(g.sumGzip)
	return g
}

// memory is what the group takes, at least.
func (g *group) memory() int64 {
	return g.zstd + g.deflated.Load() + g.beside
}

func (g *group) last() *chunk { return g.chunks[len(g.chunks)-1] }

func (g *group) sumGzip(with *codec) (gzipSums, error) {
	k := g.chunks[0].kind
	glue := splice.ChecksumOf([]byte(k.glue))
	sums := gzipSums{}
	for i, c := range g.chunks {
		packed, err := c.deflated(with)
		if err != nil {
			return gzipSums{}, err
		}
		sums.size += int64(len(k.glueDeflate) + len(packed))
		if i > 0 {
			sums.bare = sums.bare.Then(glue)
		}
		sums.bare = sums.bare.Then(c.text)
	}
	sums.text = glue.Then(sums.bare)
	g.deflated.Store(sums.size)
	return sums, nil
}

// onceGood calls make until it succeeds, and then answers what it made.
func onceGood[T any](make func(*codec) (T, error)) func(*codec) (T, error) {
	var mu sync.Mutex
	var made *T
	return func(with *codec) (T, error) {
		mu.Lock()
		defer mu.Unlock()
		if made != nil {
			return *made, nil
		}
		value, err := make(with)
		if err == nil {
			made = &value
		}
		return value, err
	}
}

func newSequence(k *kind, groups []*group) *sequence {
	s := &sequence{kind: k, groups: groups}
	h := sha256.New()
	for _, g := range groups {
		s.count += g.count
		h.Write(g.hash[:])
	}
	h.Sum(s.hash[:0])
	return s
}

// find returns the entry of key.
func (s *sequence) find(with *codec, key string) (entry, bool, error) {
	at, _ := slices.BinarySearchFunc(s.groups, key, func(g *group, key string) int { return strings.Compare(g.last().last, key) })
	if at == len(s.groups) {
		return entry{}, false, nil
	}
	chunks := s.groups[at].chunks
	at, _ = slices.BinarySearchFunc(chunks, key, func(c *chunk, key string) int { return strings.Compare(c.last, key) })
	entries, err := chunks[at].entries(with)
	if err != nil {
		return entry{}, false, err
	}
	at, ok := slices.BinarySearchFunc(entries, key, func(e entry, key string) int { return strings.Compare(e.key, key) })
	if !ok {
		return entry{}, false, nil
	}
	return entries[at], true, nil
}

// chunks gives all chunks in their order.
func (s *sequence) chunks(yield func(*chunk) bool) {
	for _, g := range s.groups {
		for _, c := range g.chunks {
			if !yield(c) {
				return
			}
		}
	}
}

// all gives all entries in their order.
func (s *sequence) all(with *codec) func(yield func(entry, error) bool) {
	return func(yield func(entry, error) bool) {
		for c := range s.chunks {
			entries, err := c.entries(with)
			if err != nil {
				yield(entry{}, err)
				return
			}
			for _, e := range entries {
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}
