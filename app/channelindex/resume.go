package channelindex

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"os"

	"vivarium/app/format/splice"
)

var errSaved = errors.New("read a saved index: it is damaged, or of another program")

// resume reads the view of key that was saved, or returns nil when there is none
// that can be gone on with. How new it is the change log will tell.
func (x *Index) resume(key Key) *view {
	if x.folder == nil {
		return nil
	}
	f, err := x.folder.Open(savedName(key))
	if err != nil {
		return nil
	}
	defer f.Close()
	// Chunks are shared as soon as they are read, so all is checked before.
	size, err := checkSaved(f)
	if err != nil {
		return nil
	}
	r := &savedReader{from: bufio.NewReaderSize(io.NewSectionReader(f, 0, size), 1<<20), left: size}
	v, err := r.view(key, x.chunks)
	if err != nil || !x.hasShards(v) {
		return nil
	}
	return v
}

// checkSaved returns the length of what the checksum at the end of a file is of.
func checkSaved(f *os.File) (size int64, err error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	sum := crc32.New(castagnoli)
	size = info.Size() - crc32.Size
	if _, err := io.CopyBuffer(sum, io.NewSectionReader(f, 0, size), make([]byte, 1<<20)); err != nil {
		return 0, err
	}
	var end [crc32.Size]byte
	if _, err := f.ReadAt(end[:], size); err != nil || binary.BigEndian.Uint32(end[:]) != sum.Sum32() {
		return 0, errSaved
	}
	return size, nil
}

// hasShards says whether all shards that v lists can be had.
func (x *Index) hasShards(v *view) bool {
	err := withCodec(func(with *codec) error {
		for d, err := range v.lists[inShards].all(with) {
			if err != nil {
				return err
			}
			if !x.shelf.has(placeOf(v.key), d.hash()) {
				return errNoShard()
			}
		}
		return nil
	})
	return err == nil
}

// savedReader keeps the first error, after which it gives nothing.
type savedReader struct {
	from *bufio.Reader
	left int64
	err  error
}

func (r *savedReader) view(key Key, p *pool) (*view, error) {
	if string(r.raw(int64(len(savedFormat)))) != savedFormat {
		return nil, errSaved
	}
	got := Key{AccountID: r.number(), Label: r.text(), Subdir: r.text(), Visibility: Visibility(r.text())}
	v := &view{key: key, stamp: r.text(), subdirs: subdirCount{}, broken: map[string]error{}}
	v.state.Seq = r.number()
	for n := r.number(); n > 0 && r.err == nil; n-- {
		name := r.text()
		v.subdirs[name] = int(r.number())
	}
	for l, k := range kinds {
		v.lists[l] = r.sequence(k, p)
	}
	if r.err != nil || r.left != 0 || got != key {
		return nil, errSaved
	}
	return v, nil
}

// raw returns the next n bytes, which are nobody else's.
func (r *savedReader) raw(n int64) []byte {
	if r.err != nil || n < 0 || n > r.left {
		r.err = errSaved
		return nil
	}
	r.left -= n
	b := make([]byte, n)
	if _, r.err = io.ReadFull(r.from, b); r.err != nil {
		return nil
	}
	return b
}

// ReadByte implements io.ByteReader, for numbers.
func (r *savedReader) ReadByte() (byte, error) {
	c, err := r.from.ReadByte()
	if err == nil {
		r.left--
	}
	return c, err
}

func (r *savedReader) number() int64 {
	if r.err != nil {
		return 0
	}
	n, err := binary.ReadVarint(r)
	if err != nil {
		r.err = errSaved
		return 0
	}
	return n
}

func (r *savedReader) bytes() []byte { return r.raw(r.number()) }

func (r *savedReader) text() string { return string(r.bytes()) }

func (r *savedReader) sequence(k *kind, p *pool) *sequence {
	w := weave(k, nil, p)
	for n := r.number(); n > 0 && r.err == nil; n-- {
		if c := r.chunk(k); r.err == nil {
			w.addChunk(p.keep(c))
		}
	}
	w.flushGroup()
	return newSequence(k, w.groups)
}

func (r *savedReader) chunk(k *kind) *chunk {
	c := &chunk{kind: k, last: r.text(), count: int(r.number())}
	copy(c.hash[:], r.raw(int64(len(c.hash))))
	c.text = splice.Checksum{CRC: uint32(r.number()), Size: r.number()}
	c.zstd = r.bytes()
	if packed := r.bytes(); len(packed) > 0 {
		c.deflate.Store(&packed)
	}
	c.level = borderLevel(c.last)
	return c
}
