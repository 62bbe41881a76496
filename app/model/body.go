package model

import (
	"io"
	"iter"
)

// Body is the bytes of a document, which may be kept in pieces and be put
// together only while they are read.
type Body interface {
	// Size is how many bytes there are.
	Size() int64
	// Pieces gives the bytes from an offset on, until they end or a piece cannot
	// be had. A piece must not be changed, and is only good until the next.
	Pieces(from int64) iter.Seq2[[]byte, error]
}

// FileBody is a Body that is sometimes kept as a file too, which the system sends
// without the program touching the bytes.
type FileBody interface {
	Body
	// File returns the file, at its beginning, or nil when there is none at this
	// moment. The caller closes it.
	File() io.ReadCloser
}

// Bytes is a Body of one piece.
type Bytes []byte

// Size implements Body.
func (b Bytes) Size() int64 { return int64(len(b)) }

// Pieces implements Body.
func (b Bytes) Pieces(from int64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) { yield(b[min(from, b.Size()):], nil) }
}

// ReadBody returns all bytes of b, as a copy.
func ReadBody(b Body) ([]byte, error) {
	all := make([]byte, 0, b.Size())
	for piece, err := range b.Pieces(0) {
		if err != nil {
			return nil, err
		}
		all = append(all, piece...)
	}
	return all, nil
}
