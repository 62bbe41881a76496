package channelindex

import (
	"crypto/sha256"
	"sync"
	"sync/atomic"

	"vivarium/app/format/splice"
)

// chunk is a run of entries of a sequence, kept packed and never changed: views
// share it.
type chunk struct {
	kind  *kind
	last  string // the greatest key
	level int    // borderLevel of last
	count int
	hash  sum // of the text
	text  splice.Checksum
	zstd  []byte
	// deflate is made when it is first asked for.
	deflate atomic.Pointer[[]byte]
}

// overhead is the memory that the chunk takes beside what is packed.
func (c *chunk) overhead() int64 {
	const fields = 256
	return fields + int64(len(c.last))
}

// size is the memory that the chunk takes.
func (c *chunk) size() int64 {
	n := c.overhead() + int64(len(c.zstd))
	if packed := c.deflate.Load(); packed != nil {
		n += int64(len(*packed))
	}
	return n
}

// codec packs and unpacks. It is for one goroutine; buf is free between calls.
type codec struct {
	zstd    *splice.Zstd
	deflate *splice.Deflate
	shards  shardMaker
	buf     []byte
}

var codecs = sync.Pool{New: func() any { return &codec{} }}

// withCodec calls fn with a codec that nobody else uses meanwhile.
func withCodec(fn func(*codec) error) (err error) {
	c := codecs.Get().(*codec)
	if c.zstd == nil {
		if c.zstd, err = splice.NewZstd(); err != nil {
			return err
		}
		if c.deflate, err = splice.NewDeflate(); err != nil {
			return err
		}
	}
	defer codecs.Put(c)
	return fn(c)
}

// pack makes the chunk of a text.
func (k *kind) pack(c *codec, text []byte, hash sum, last string, count int) (*chunk, error) {
	made := &chunk{kind: k, last: last, level: borderLevel(last), count: count, hash: hash, text: splice.ChecksumOf(text)}
	if k.pad == "" {
		made.zstd = splice.StoreZstd(nil, text)
		return made, nil
	}
	packed, err := c.zstd.Pack(c.buf[:0], text[:len(text)-len(k.pad)])
	if err != nil {
		return nil, err
	}
	c.buf, made.zstd = packed, append([]byte(nil), packed...)
	return made, nil
}

// plain appends the chunk's text to dst.
func (c *chunk) plain(with *codec, dst []byte) ([]byte, error) {
	return with.zstd.Unpack(dst, c.zstd, c.text.Size)
}

// entries returns the chunk's entries.
func (c *chunk) entries(with *codec) ([]entry, error) {
	text, err := c.plain(with, make([]byte, 0, c.text.Size))
	if err != nil {
		return nil, err
	}
	return c.kind.split(text, c.count)
}

// deflated returns the chunk packed for gzip.
func (c *chunk) deflated(with *codec) ([]byte, error) {
	if packed := c.deflate.Load(); packed != nil {
		return *packed, nil
	}
	text, err := c.plain(with, with.buf[:0])
	if err != nil {
		return nil, err
	}
	with.buf = text
	packed, err := with.deflate.Pack(nil, text[:len(text)-len(c.kind.pad)])
	if err != nil {
		return nil, err
	}
	packed = append([]byte(nil), packed...) // of the size it has
	c.deflate.Store(&packed)
	return packed, nil
}

// hashText is the hash by which equal chunks are known.
func hashText(text []byte) sum { return sha256.Sum256(text) }
