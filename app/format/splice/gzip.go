package splice

import (
	"encoding/binary"
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
)

const deflateLevel = 6

// MemberHeader begins a gzip member: deflate, no time, no name, no system.
const MemberHeader = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

// MemberEndSize is the length of what ends a gzip member.
const MemberEndSize = 2 + 4 + 4

// MemberEnd returns what ends a gzip member that decodes to the text of that
// checksum: an empty last block, then CRC and length.
func MemberEnd(text Checksum) []byte {
	end := append(make([]byte, 0, MemberEndSize), 0x03, 0x00)
	end = binary.LittleEndian.AppendUint32(end, text.CRC)
	return binary.LittleEndian.AppendUint32(end, uint32(text.Size))
}

// Deflate packs parts of gzip members, always the same for the same bytes. It is
// for one goroutine.
type Deflate struct {
	writer *flate.Writer
	out    appender
}

type appender struct{ bytes []byte }

// Write appends p, always whole.
func (a *appender) Write(p []byte) (int, error) {
	a.bytes = append(a.bytes, p...)
	return len(p), nil
}

// NewDeflate makes a Deflate.
func NewDeflate() (*Deflate, error) {
	w, err := flate.NewWriter(io.Discard, deflateLevel)
	if err != nil {
		return nil, fmt.Errorf("make a deflate encoder: %w", err)
	}
	return &Deflate{writer: w}, nil
}

// Pack appends text and the padding to dst as blocks that end at a byte, anywhere
// behind the header of a member.
func (d *Deflate) Pack(dst, text []byte) ([]byte, error) {
	d.out.bytes = dst
	// A writer that is reset knows nothing of the part before: together with the
	// flush at the end that is what gzip calls a full flush.
	d.writer.Reset(&d.out)
	for _, piece := range [][]byte{text, []byte(Pad)} {
		if _, err := d.writer.Write(piece); err != nil {
			return nil, fmt.Errorf("compress with deflate: %w", err)
		}
	}
	if err := d.writer.Flush(); err != nil {
		return nil, fmt.Errorf("flush a deflate encoder: %w", err)
	}
	return d.out.bytes, nil
}

// StoreDeflate appends text to dst as blocks that are not compressed.
func StoreDeflate(dst, text []byte) []byte {
	const maxBlock = 1<<16 - 1
	for len(text) > 0 {
		n := min(len(text), maxBlock)
		dst = append(dst, 0) // not the last; stored
		dst = binary.LittleEndian.AppendUint16(dst, uint16(n))
		dst = binary.LittleEndian.AppendUint16(dst, ^uint16(n))
		dst = append(dst, text[:n]...)
		text = text[n:]
	}
	return dst
}
