package splice

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// The level and the window of packed parts. A decoder needs this much memory
// whatever the length of the frame.
const (
	zstdLevel  = zstd.SpeedDefault
	windowLog  = 20
	windowSize = 1 << windowLog
	magic      = "\x28\xb5\x2f\xfd"
)

// FrameHeaderSize is the length of what begins a zstd frame.
const FrameHeaderSize = len(magic) + 2 + 8

// FrameEnd ends a zstd frame: an empty stored block, the last one.
const FrameEnd = "\x01\x00\x00"

// FrameHeader returns what begins a zstd frame that decodes to size bytes. Some
// decoders refuse a frame that does not say its size.
func FrameHeader(size int64) []byte {
	const eightBytesOfSize = 3 << 6 // no checksum, no dictionary, a window
	header := append(make([]byte, 0, FrameHeaderSize), magic...)
	header = append(header, eightBytesOfSize, (windowLog-10)<<3)
	return binary.LittleEndian.AppendUint64(header, uint64(size))
}

// Zstd packs parts of zstd frames, always the same for the same bytes. It is for
// one goroutine.
type Zstd struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
	frame   []byte // reused
}

// NewZstd makes a Zstd.
func NewZstd() (*Zstd, error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstdLevel), zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderCRC(false), zstd.WithWindowSize(windowSize))
	if err != nil {
		return nil, fmt.Errorf("make a zstd encoder: %w", err)
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(windowSize))
	if err != nil {
		return nil, fmt.Errorf("make a zstd decoder: %w", err)
	}
	return &Zstd{encoder: encoder, decoder: decoder}, nil
}

// Pack appends text to dst as blocks that decode to it and the padding, anywhere
// behind the header of a frame.
func (z *Zstd) Pack(dst, text []byte) ([]byte, error) {
	z.frame = z.encoder.EncodeAll(text, z.frame[:0])
	if len(z.frame) > 0 { // nothing becomes nothing, not even a frame
		blocks, err := blocksOf(z.frame)
		if err != nil {
			return nil, err
		}
		dst = append(dst, blocks...)
	}
	return append(dst, reset...), nil
}

// Unpack appends to dst what blocks decode to, which is size bytes.
func (z *Zstd) Unpack(dst, blocks []byte, size int64) ([]byte, error) {
	if size < 0 { // as an unsigned number it would mean that the size is not known
		return nil, errFrame
	}
	z.frame = append(z.frame[:0], FrameHeader(size)...)
	z.frame = append(append(z.frame, blocks...), FrameEnd...)
	text, err := z.decoder.DecodeAll(z.frame, dst)
	if err != nil {
		return nil, fmt.Errorf("decode a part of a zstd frame: %w", err)
	}
	return text, nil
}

// StoreZstd appends text to dst as blocks that are not compressed.
func StoreZstd(dst, text []byte) []byte {
	const maxBlock = 128 << 10
	for len(text) > 0 {
		n := min(len(text), maxBlock)
		dst = appendBlockHeader(dst, rawBlock, n)
		dst = append(dst, text[:n]...)
		text = text[n:]
	}
	return dst
}

var errFrame = errors.New("read a zstd frame: it is not as its encoder makes them")
