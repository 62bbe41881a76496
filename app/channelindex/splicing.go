package channelindex

import (
	"crypto/sha256"
	"encoding/binary"

	"vivarium/app/format/splice"
)

// splicing is a document: texts, and a sequence behind each but the last.
type splicing []spliced

type spliced struct {
	text string
	list *sequence // nil behind the last text
}

// hash is that of what the document says, which is also divided in one way.
func (d splicing) hash() (hash sum) {
	h := sha256.New()
	for _, p := range d {
		var size [8]byte // so that no two documents run together
		binary.LittleEndian.PutUint64(size[:], uint64(len(p.text)))
		h.Write(size[:])
		h.Write([]byte(p.text))
		if p.list != nil {
			h.Write(p.list.hash[:])
		}
	}
	h.Sum(hash[:0])
	return hash
}

// sizeAs is the length of the document under a coding.
func (d splicing) sizeAs(c coding) int64 {
	n := int64(len(c.start(d)) + len(c.end(d)))
	for _, p := range d {
		n += int64(len(c.stored(p.text)))
		if p.list == nil || p.list.count == 0 {
			continue
		}
		n -= int64(len(c.glue(p.list.kind))) // there is none before the first chunk
		for _, g := range p.list.groups {
			n += c.groupSize(g)
		}
	}
	return n
}

// coding is a form in which a document goes to clients.
type coding interface {
	start(splicing) []byte
	end(splicing) []byte
	stored(text string) []byte
	glue(*kind) []byte
	// groupSize and chunkSize are lengths, that of a group with glue before each
	// chunk.
	groupSize(*group) int64
	chunkSize(*chunk) int64
	// chunk may write what it returns to buf, for which it is good until the next.
	chunk(buf *[]byte, c *chunk) ([]byte, error)
}

// plainCoding is none. It is decoded while it is read: nobody asks for it who can
// unpack anything.
type plainCoding struct{}

func (plainCoding) start(splicing) []byte     { return nil }
func (plainCoding) end(splicing) []byte       { return nil }
func (plainCoding) stored(text string) []byte { return []byte(text) }
func (plainCoding) glue(k *kind) []byte       { return []byte(k.glue) }
func (plainCoding) groupSize(g *group) int64  { return g.text }
func (plainCoding) chunkSize(c *chunk) int64  { return c.text.Size }

func (plainCoding) chunk(buf *[]byte, c *chunk) ([]byte, error) {
	err := withCodec(func(with *codec) error {
		text, err := c.plain(with, (*buf)[:0])
		if err == nil {
			*buf = text
		}
		return err
	})
	return *buf, err
}

// zstdCoding is one zstd frame.
type zstdCoding struct{}

func (zstdCoding) start(d splicing) []byte                   { return splice.FrameHeader(d.sizeAs(plainCoding{})) }
func (zstdCoding) end(splicing) []byte                       { return []byte(splice.FrameEnd) }
func (zstdCoding) stored(text string) []byte                 { return splice.StoreZstd(nil, []byte(text)) }
func (zstdCoding) glue(k *kind) []byte                       { return k.glueZstd }
func (zstdCoding) groupSize(g *group) int64                  { return g.zstd }
func (zstdCoding) chunkSize(c *chunk) int64                  { return int64(len(c.zstd)) }
func (zstdCoding) chunk(_ *[]byte, c *chunk) ([]byte, error) { return c.zstd, nil }

// gzipCoding is one gzip member of a document whose chunks are packed for it.
type gzipCoding struct{ text splice.Checksum }

// packGzip packs what of d is not yet packed for gzip.
func packGzip(d splicing) (c gzipCoding, err error) {
	err = withCodec(func(with *codec) error {
		for _, p := range d {
			c.text = c.text.Then(splice.ChecksumOf([]byte(p.text)))
			if p.list == nil {
				continue
			}
			for i, g := range p.list.groups {
				sums, err := g.gzip(with)
				if err != nil {
					return err
				}
				if i == 0 {
					sums.text = sums.bare
				}
				c.text = c.text.Then(sums.text)
			}
		}
		return nil
	})
	return c, err
}

func (gzipCoding) start(splicing) []byte     { return []byte(splice.MemberHeader) }
func (c gzipCoding) end(splicing) []byte     { return splice.MemberEnd(c.text) }
func (gzipCoding) stored(text string) []byte { return splice.StoreDeflate(nil, []byte(text)) }
func (gzipCoding) glue(k *kind) []byte       { return k.glueDeflate }
func (gzipCoding) chunkSize(c *chunk) int64  { return int64(len(*c.deflate.Load())) }

func (gzipCoding) groupSize(g *group) int64 {
	sums, _ := g.gzip(nil) // packGzip has made it
	return sums.size
}

// chunk returns what packGzip has made.
func (gzipCoding) chunk(_ *[]byte, c *chunk) ([]byte, error) { return *c.deflate.Load(), nil }
