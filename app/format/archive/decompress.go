package archive

import (
	"bufio"
	"compress/bzip2"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// MaxWindow is the largest zstd window that is accepted: what the highest level
// of the reference encoder uses. It is also about the most memory a stream takes.
const MaxWindow = 128 << 20

const readAhead = 256 << 10

// usualWindow is the largest window whose decoder is kept for another stream. Most
// packages have one of that size, which takes longer to allocate than what they
// hold takes to decompress.
const usualWindow = 8 << 20

// decoder is a zstd decoder with what it reads from.
type decoder struct {
	in  *bufio.Reader
	out *zstd.Decoder
}

var decoders sync.Pool // of *decoder

// Zstd decompresses r, which holds compressed bytes, within OutputLimit. done frees
// the decoder; nothing can be read after it.
func Zstd(r io.Reader, compressed int64) (out *Limited, done func(), err error) {
	d, err := takeDecoder(r)
	if err != nil {
		return nil, nil, Refuse("The zstd stream", err)
	}
	keep := d.usual()
	if err := d.out.Reset(d.in); err != nil {
		return nil, nil, Refuse("The zstd stream", err)
	}
	out = LimitOutput(d.out, compressed)
	done = sync.OnceFunc(func() {
		out.r = ended{} // the decoder may be another stream's by then
		d.free(keep)
	})
	return out, done, nil
}

func takeDecoder(r io.Reader) (*decoder, error) {
	if d, ok := decoders.Get().(*decoder); ok {
		d.in.Reset(r)
		return d, nil
	}
	out, err := zstd.NewReader(nil,
		zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(MaxWindow))
	return &decoder{bufio.NewReaderSize(r, readAhead), out}, err
}

// usual reports whether the stream begins with a window of usual size. What comes
// behind the first frame does not count: a decoder that is kept in spite of it is
// the collector's to free.
func (d *decoder) usual() bool {
	begin, _ := d.in.Peek(zstd.HeaderMaxSize) // what is missing is found on reading
	var h zstd.Header
	if err := h.Decode(begin); err != nil || h.Skippable {
		return false
	}
	return h.WindowSize <= usualWindow && (!h.SingleSegment || h.FrameContentSize <= usualWindow)
}

func (d *decoder) free(keep bool) {
	d.in.Reset(ended{})
	if err := d.out.Reset(nil); err != nil || !keep {
		d.out.Close()
		return
	}
	decoders.Put(d)
}

// ended is what is left of a stream that was closed.
type ended struct{}

// Read says that the stream was closed.
func (ended) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

// Bzip2 decompresses r, which holds compressed bytes, within OutputLimit.
func Bzip2(r io.Reader, compressed int64) *Limited {
	return LimitOutput(bzip2.NewReader(bufio.NewReaderSize(r, readAhead)), compressed)
}
