package channelindex

import (
	"slices"
	"strings"
)

// weaver puts a sequence together from entries in the order of their keys, and
// from chunks that stay as they are.
type weaver struct {
	kind   *kind
	codec  *codec
	pool   *pool
	open   []entry  // since the last border
	chunks []*chunk // since the last border of groups
	groups []*group
	text   []byte // reused
}

func weave(k *kind, with *codec, p *pool) *weaver { return &weaver{kind: k, codec: with, pool: p} }

// add appends an entry. Its text must stay as it is until a border comes.
func (w *weaver) add(e entry) error {
	w.open = append(w.open, e)
	if borderLevel(e.key) < chunkBits {
		return nil
	}
	return w.flush()
}

// flush makes a chunk of the open entries.
func (w *weaver) flush() error {
	if len(w.open) == 0 {
		return nil
	}
	w.text = w.kind.join(w.text[:0], w.open)
	hash := hashText(w.text)
	c := w.pool.find(hash)
	if c == nil || c.kind != w.kind {
		made, err := w.kind.pack(w.codec, w.text, hash, w.open[len(w.open)-1].key, len(w.open))
		if err != nil {
			return err
		}
		c = w.pool.keep(made)
	}
	w.open = w.open[:0]
	w.addChunk(c)
	return nil
}

// addChunk appends a chunk. There must be no open entries.
func (w *weaver) addChunk(c *chunk) {
	w.chunks = append(w.chunks, c)
	if c.level >= groupBits {
		w.flushGroup()
	}
}

func (w *weaver) flushGroup() {
	if len(w.chunks) > 0 {
		w.groups = append(w.groups, newGroup(w.kind, slices.Clone(w.chunks)))
		w.chunks = w.chunks[:0]
	}
}

// end returns the sequence.
func (w *weaver) end() (*sequence, error) {
	if err := w.flush(); err != nil {
		return nil, err
	}
	w.flushGroup()
	return newSequence(w.kind, w.groups), nil
}

// edit puts an entry into a sequence, in the place of one with its key, or takes
// that away when it has no text.
type edit = entry

// apply returns the sequence with edits made, which are sorted by key, one for a
// key. Only the chunks that they are in are read; what is divided otherwise by
// them ends at the next border.
func (s *sequence) apply(with *codec, p *pool, edits []edit) (*sequence, error) {
	w := weave(s.kind, with, p)
	for _, g := range s.groups {
		if len(w.open)+len(w.chunks) == 0 && untouched(g.last(), groupBits, edits) {
			w.groups = append(w.groups, g)
			continue
		}
		for _, c := range g.chunks {
			var err error
			if edits, err = w.edit(c, edits); err != nil {
				return nil, err
			}
		}
	}
	if err := w.merge(nil, edits); err != nil {
		return nil, err
	}
	made, err := w.end()
	if err == nil && made.hash == s.hash {
		return s, nil
	}
	return made, err
}

// untouched says that no edit is before last's end, or right behind it without a
// border of that level between.
func untouched(last *chunk, level int, edits []edit) bool {
	return len(edits) == 0 || last.level >= level && edits[0].key > last.last
}

// edit appends a chunk with the edits in it and returns the others.
func (w *weaver) edit(c *chunk, edits []edit) ([]edit, error) {
	if len(w.open) == 0 && untouched(c, chunkBits, edits) {
		w.addChunk(c)
		return edits, nil
	}
	entries, err := c.entries(w.codec)
	if err != nil {
		return nil, err
	}
	n, found := slices.BinarySearchFunc(edits, c.last, func(e edit, key string) int { return strings.Compare(e.key, key) })
	if found {
		n++
	}
	return edits[n:], w.merge(entries, edits[:n])
}

// merge adds entries and edits in the order of their keys.
func (w *weaver) merge(entries []entry, edits []edit) error {
	for len(entries) > 0 || len(edits) > 0 {
		var e entry
		switch order := nextOf(entries, edits); {
		case order < 0:
			e, entries = entries[0], entries[1:]
		case order > 0:
			e, edits = edits[0], edits[1:]
		default:
			e, entries, edits = edits[0], entries[1:], edits[1:]
		}
		if len(e.text) == 0 {
			continue
		}
		if err := w.add(e); err != nil {
			return err
		}
	}
	return nil
}

// nextOf compares the first of two lists, of which one may have ended.
func nextOf(entries []entry, edits []edit) int {
	switch {
	case len(edits) == 0:
		return -1
	case len(entries) == 0:
		return 1
	}
	return strings.Compare(entries[0].key, edits[0].key)
}
