package archive

import (
	"bufio"
	"compress/flate"
	"errors"
	"io"
	"sync"

	"vivarium/app/model"
)

var errBehindStream = model.Errorf(model.Invalid, "A zip member holds data behind the end of its deflate stream.")

// inflaters are kept for reuse: an archive may have many small members.
var inflaters = sync.Pool{New: func() any {
	in := bufio.NewReader(nil)
	return &inflater{in: in, out: flate.NewReader(in)}
}}

// inflater decompresses one deflate stream, which must take up all of its input:
// data behind it are passed over by some programs and found by others.
type inflater struct {
	in  *bufio.Reader
	out io.ReadCloser
}

func inflate(r io.Reader) io.ReadCloser {
	f := inflaters.Get().(*inflater)
	f.in.Reset(r)
	// It never fails without a dictionary.
	_ = f.out.(flate.Resetter).Reset(f.in, nil)
	return &pooled{f}
}

// Read inflates, and at the end refuses bytes behind the stream.
func (f *inflater) Read(p []byte) (int, error) {
	n, err := f.out.Read(p)
	if !errors.Is(err, io.EOF) {
		return n, err
	}
	if _, behind := f.in.Peek(1); behind == nil {
		return n, errBehindStream
	} else if !errors.Is(behind, io.EOF) {
		return n, behind
	}
	return n, io.EOF
}

// pooled gives its inflater back when it is closed.
type pooled struct{ *inflater }

// Read inflates until it is closed.
func (p *pooled) Read(b []byte) (int, error) {
	if p.inflater == nil {
		return 0, io.ErrClosedPipe
	}
	return p.inflater.Read(b)
}

// Close gives the inflater to the next who needs one. More than once is all right.
func (p *pooled) Close() error {
	if p.inflater != nil {
		inflaters.Put(p.inflater)
		p.inflater = nil
	}
	return nil
}
