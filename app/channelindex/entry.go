package channelindex

import (
	"bytes"
	"errors"

	"vivarium/app/format/splice"
)

// entry is one of a sequence: the key by which it is sorted, and how it is
// written, key and all.
type entry struct {
	key  string
	text []byte
}

// kind is how the entries of a sequence are written, one behind another.
type kind struct {
	glue string // between entries, and between chunks
	pad  string // behind the entries of a chunk
	// glueZstd and glueDeflate are the glue between chunks that are packed.
	glueZstd, glueDeflate []byte
	// cut returns the first entry of a text and how long it is.
	cut func(text []byte) (entry, int, error)
}

var (
	// members are of an object of JSON.
	members = newKind(",", splice.Pad, cutMember)
	// items are strings in a list of JSON.
	items = newKind(",", splice.Pad, cutItem)
	// digests are of a map of MessagePack, from names to SHA-256. That allows no
	// blanks, so they are not packed, which gains little with hashes.
	digests = newKind("", "", cutDigest)
)

func newKind(glue, pad string, cut func([]byte) (entry, int, error)) *kind {
	return &kind{
		glue: glue, pad: pad, cut: cut,
		glueZstd: splice.StoreZstd(nil, []byte(glue)), glueDeflate: splice.StoreDeflate(nil, []byte(glue)),
	}
}

var errChunk = errors.New("read a chunk of an index: it is not as chunks are written")

// join writes the text of a chunk.
func (k *kind) join(dst []byte, entries []entry) []byte {
	for i, e := range entries {
		if i > 0 {
			dst = append(dst, k.glue...)
		}
		dst = append(dst, e.text...)
	}
	return append(dst, k.pad...)
}

// split returns the entries in the text of a chunk. They point into it.
func (k *kind) split(text []byte, count int) ([]entry, error) {
	text, ok := bytes.CutSuffix(text, []byte(k.pad))
	if !ok {
		return nil, errChunk
	}
	entries := make([]entry, 0, count)
	for len(text) > 0 {
		e, n, err := k.cut(text)
		if err != nil {
			return nil, err
		}
		entries, text = append(entries, e), text[n:]
		if len(text) == 0 {
			break
		}
		if text, ok = bytes.CutPrefix(text, []byte(k.glue)); !ok {
			return nil, errChunk
		}
	}
	return entries, nil
}
