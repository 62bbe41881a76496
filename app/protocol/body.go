package protocol

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"sync"

	"vivarium/app/model"
)

// writeSize is how much of a body in pieces goes to the client at a time: one call
// of the kernel for many small pieces.
const writeSize = 64 << 10

var writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, writeSize) }}

// writeBody writes all of b. When it cannot it stops: the answer is shorter than
// it said, which ends the connection and is an error to every client.
func writeBody(w io.Writer, b model.Body) {
	if whole, ok := b.(model.Bytes); ok {
		w.Write(whole)
		return
	}
	if file, ok := b.(model.FileBody); ok {
		if f := file.File(); f != nil {
			defer f.Close()
			io.Copy(w, io.LimitReader(f, b.Size()))
			return
		}
	}
	buffer := writers.Get().(*bufio.Writer)
	defer writers.Put(buffer)
	buffer.Reset(w)
	defer buffer.Reset(nil)
	for piece, err := range b.Pieces(0) {
		if err == nil {
			_, err = buffer.Write(piece)
		}
		if err != nil {
			return
		}
	}
	buffer.Flush()
}

// bodyReader reads a body as net/http wants it for ranges. It is closed by close.
type bodyReader struct {
	body model.Body
	at   int64
	rest []byte // of the piece that is being read
	next func() ([]byte, error, bool)
	stop func()
}

var _ io.ReadSeeker = (*bodyReader)(nil)

func newBodyReader(b model.Body) *bodyReader { return &bodyReader{body: b, stop: func() {}} }

// Read implements io.Reader.
func (r *bodyReader) Read(p []byte) (int, error) {
	if r.next == nil {
		r.next, r.stop = iter.Pull2(r.body.Pieces(r.at))
	}
	for len(r.rest) == 0 {
		piece, err, ok := r.next()
		switch {
		case !ok:
			return 0, io.EOF
		case err != nil:
			return 0, err
		}
		r.rest = piece
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	r.at += int64(n)
	return n, nil
}

// Seek implements io.Seeker.
func (r *bodyReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.at
	case io.SeekEnd:
		offset += r.body.Size()
	}
	if offset < 0 {
		return r.at, errors.New("seek before the start of a document")
	}
	r.close()
	r.at, r.rest, r.next = offset, nil, nil
	return offset, nil
}

func (r *bodyReader) close() { r.stop() }
