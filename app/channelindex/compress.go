package channelindex

import (
	"bytes"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// The levels and the window are part of what clients hold: another choice gives
// every shard another hash, and every client downloads all of them again.
const (
	zstdLevel  = zstd.SpeedDefault
	zstdWindow = 1 << 20
)

// compressor makes zstd frames, always the same for the same bytes: one
// goroutine, no checksum, the content size in the header.
type compressor struct {
	small, large *zstd.Encoder
	reader       *zstd.Decoder
}

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

// decompress returns what compress was given.
func (c *compressor) decompress(frame []byte) ([]byte, error) {
	if c.reader == nil {
		made, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
		if err != nil {
			return nil, fmt.Errorf("make a zstd decoder: %w", err)
		}
		c.reader = made
	}
	src, err := c.reader.DecodeAll(frame, nil)
	if err != nil {
		return nil, fmt.Errorf("decompress with zstd: %w", err)
	}
	return src, nil
}
