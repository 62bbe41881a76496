package channelindex

import (
	"bytes"
	"fmt"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// The levels and the window are part of what clients hold: another choice gives
// every shard another hash, and every client downloads all of them again.
const (
	zstdLevel  = zstd.SpeedDefault
	zstdWindow = 1 << 20
	gzipLevel  = 6
)

// compressor makes zstd frames, always the same for the same bytes: one
// goroutine, no checksum, the content size in the header.
type compressor struct{ small, large *zstd.Encoder }

// compress returns src as one frame. Small ones are a single segment: without
// that a frame under 256 bytes says no size, which one-shot decoders want.
func (c *compressor) compress(src []byte) ([]byte, error) {
	encoder := &c.large
	if len(src) <= zstdWindow {
		encoder = &c.small
	}
	if *encoder == nil {
		made, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstdLevel), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false),
			zstd.WithWindowSize(zstdWindow), zstd.WithSingleSegment(encoder == &c.small))
		if err != nil {
			return nil, fmt.Errorf("make a zstd encoder: %w", err)
		}
		*encoder = made
	}
	return bytes.Clone((*encoder).EncodeAll(src, nil)), nil
}

// compressGzip returns src as one gzip member without a time in it.
func compressGzip(src []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzipLevel)
	if err != nil {
		return nil, fmt.Errorf("make a gzip encoder: %w", err)
	}
	if _, err := w.Write(src); err != nil {
		return nil, fmt.Errorf("compress with gzip: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("end a gzip member: %w", err)
	}
	return bytes.Clone(out.Bytes()), nil
}
