package archive

import (
	"bufio"
	"compress/bzip2"
	"io"

	"github.com/klauspost/compress/zstd"
)

// MaxWindow is the largest zstd window that is accepted: what the highest level
// of the reference encoder uses. It is also about the most memory a stream takes.
const MaxWindow = 128 << 20

const readAhead = 256 << 10

// Zstd decompresses r, which holds compressed bytes, within OutputLimit. Close
// frees the decoder.
func Zstd(r io.Reader, compressed int64) (*Limited, func(), error) {
	decoder, err := zstd.NewReader(bufio.NewReaderSize(r, readAhead),
		zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(MaxWindow))
	if err != nil {
		return nil, nil, Refuse("The zstd stream", err)
	}
	return LimitOutput(decoder, compressed), decoder.Close, nil
}

// Bzip2 decompresses r, which holds compressed bytes, within OutputLimit.
func Bzip2(r io.Reader, compressed int64) *Limited {
	return LimitOutput(bzip2.NewReader(bufio.NewReaderSize(r, readAhead)), compressed)
}
