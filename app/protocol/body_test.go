package protocol

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"

	"vivarium/app/model"
)

// pieces is a body of several pieces, of which one may be broken.
type pieces []string

var errBroken = errors.New("broken")

func (p pieces) Size() (n int64) {
	for _, s := range p {
		n += int64(len(s))
	}
	return n
}

func (p pieces) Pieces(from int64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, s := range p {
			skipped := min(from, int64(len(s)))
			from -= skipped
			if s == "BROKEN" {
				yield(nil, errBroken)
				return
			}
			if s = s[skipped:]; s != "" && !yield([]byte(s), nil) {
				return
			}
		}
	}
}

func inPieces(parts ...string) model.Document {
	doc := document()
	doc.Body = pieces(parts)
	return doc
}

// A body in pieces is answered as the same bytes in one piece are.
func TestServeDocumentInPieces(t *testing.T) {
	t.Parallel()
	doc := inPieces("01", "", "234", "5", "6789")
	for _, headers := range [][]string{
		nil, {"If-None-Match", `"abc"`}, {"Range", "bytes=0-0"}, {"Range", "bytes=1-5"}, {"Range", "bytes=-3"}, {"Range", "bytes=10-"},
		{"Range", "bytes=4-4,1-2"}, {"Range", "bytes=2-", "If-Range", `"abc"`}, {"If-Match", `"abc"`},
	} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			got, want := serve(t, method, doc, 0, headers...), serve(t, method, document(), 0, headers...)
			if got.StatusCode != want.StatusCode || got.ContentLength != want.ContentLength || got.Header.Get("Content-Range") != want.Header.Get("Content-Range") {
				t.Errorf("%s %v: %d %v, want %d %v", method, headers, got.StatusCode, got.Header, want.StatusCode, want.Header)
			}
			if a, b := body(t, got), body(t, want); a != b && len(headers) > 0 && headers[1] != "bytes=4-4,1-2" { // whose boundary is random
				t.Errorf("%s %v: %q, want %q", method, headers, a, b)
			}
		}
	}
}

func TestBodyReader(t *testing.T) {
	t.Parallel()
	r := newBodyReader(pieces{"01", "", "234", "5", "6789"})
	defer r.close()
	if err := iotest.TestReader(r, []byte("0123456789")); err != nil {
		t.Error(err)
	}
	if _, err := r.Seek(-11, io.SeekEnd); err == nil {
		t.Error("went before the start")
	}
}

// writes counts calls.
type writes struct {
	bytes.Buffer
	calls int
}

func (w *writes) Write(p []byte) (int, error) {
	w.calls++
	return w.Buffer.Write(p)
}

// onDisk is a body that is a file as well.
type onDisk struct {
	pieces
	file io.ReadCloser
}

func (b onDisk) File() io.ReadCloser { return b.file }

// closing remembers that it was closed.
type closing struct {
	*os.File
	closed bool
}

func (c *closing) Close() error {
	c.closed = true
	return c.File.Close()
}

// A body that is a file goes out as one, and never more of it than was said.
func TestBodyOfAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "body")
	if err := os.WriteFile(path, []byte("0123456789 and more"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	c := &closing{File: f}
	var got bytes.Buffer
	writeBody(&got, onDisk{pieces{"other", "bytes"}, c})
	if got.String() != "0123456789" || !c.closed {
		t.Errorf("got %q, closed: %t", &got, c.closed)
	}
	got.Reset()
	writeBody(&got, onDisk{pieces{"other", "bytes"}, nil})
	if got.String() != "otherbytes" {
		t.Errorf("got %q without a file", &got)
	}
}

func TestSmallPiecesGoTogether(t *testing.T) {
	t.Parallel()
	var all pieces
	for range 1000 {
		all = append(all, "0123456789")
	}
	var w writes
	writeBody(&w, all)
	if w.calls != 1 || w.Len() != 10_000 {
		t.Errorf("%d bytes in %d writes, want 10000 in one", w.Len(), w.calls)
	}
}

// What is sent of a body that breaks is shorter than its length says, so that no
// client takes it for whole.
func TestBrokenBodyEndsShort(t *testing.T) {
	t.Parallel()
	doc := inPieces("0123", "BROKEN", "456789")
	res := serve(t, http.MethodGet, doc, 0)
	if got := body(t, res); res.Header.Get("Content-Length") != "16" || len(got) > 4 {
		t.Errorf("%q of %s bytes", got, res.Header.Get("Content-Length"))
	}
	if got := body(t, serve(t, http.MethodGet, doc, 0, "Range", "bytes=2-14")); len(got) > 2 {
		t.Errorf("got %q", got)
	}
}
