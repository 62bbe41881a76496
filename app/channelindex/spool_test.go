package channelindex_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

// body opens a document that is large enough to be kept as a file.
func (c cache) body(t *testing.T, x *channelindex.Index, s *source, seq int64) model.FileBody {
	t.Helper()
	d, err := x.Open(t.Context(), linux64, seq, s.load, model.Repodata)
	if err != nil {
		t.Fatal(err)
	}
	return d.Body.(model.FileBody)
}

// whole reads a lent file and gives it back.
func whole(t *testing.T, f io.ReadCloser) []byte {
	t.Helper()
	if _, ok := f.(syscall.Conn); !ok {
		t.Errorf("a %T does not go out by sendfile", f)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	return b
}

func TestReadAgainFromAFile(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(600))
	x := c.start()
	b := c.body(t, x, s, 1)
	want, err := model.ReadBody(b)
	if err != nil {
		t.Fatal(err)
	}
	if b.File() != nil {
		t.Error("a file was made for one reading")
	}
	first, second := b.File(), b.File()
	for _, f := range []io.ReadCloser{first, second, b.File(), b.File()} {
		if f == nil {
			t.Fatal("no file from the second reading on")
		}
		if got := whole(t, f); !bytes.Equal(got, want) {
			t.Errorf("got %d other bytes", len(got))
		}
	}
	left, err := filepath.Glob(filepath.Join(c.dir, "new-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("the folder has %v, %v, want no name of a file", left, err)
	}
	s.set(2, manyRecords(601))
	if c.body(t, x, s, 2).File() != nil {
		t.Error("a changed index has the file of the old one")
	}
	if got := whole(t, b.File()); !bytes.Equal(got, want) {
		t.Error("who still reads the old index gets another")
	}
}

// What was half read stands at its beginning for the next reader.
func TestLentFileBeginsAnew(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(600))
	b := c.body(t, c.start(), s, 1)
	b.File()
	f := b.File()
	if _, err := io.CopyN(io.Discard, f, 1000); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if got := whole(t, b.File()); int64(len(got)) != b.Size() {
		t.Errorf("got %d bytes, want %d", len(got), b.Size())
	}
}

func TestSmallIndexIsNoFile(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(20))
	b := c.body(t, c.start(), s, 1)
	for range 3 {
		if b.File() != nil {
			t.Fatal("a file was made of a small index")
		}
	}
}

func TestNoFilesWithoutAFolder(t *testing.T) {
	t.Parallel()
	s := newSource(1, manyRecords(600))
	b := cache{}.body(t, channelindex.New(model.Clock{}), s, 1)
	for range 3 {
		if b.File() != nil {
			t.Fatal("a file was made nowhere")
		}
	}
}

// A full disk, or one that is gone, only costs time.
func TestPiecesWhenNoFileCanBe(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(600))
	b := c.body(t, c.start(), s, 1)
	if err := os.RemoveAll(c.dir); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		if b.File() != nil {
			t.Fatal("a file was made nowhere")
		}
	}
	if got, err := model.ReadBody(b); err != nil || int64(len(got)) != b.Size() {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
}

// Files that are too much together go, oldest first, from under who reads them too;
// and come again when they are asked for.
func TestFilesAreBounded(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(600))
	x := c.start()
	old := c.body(t, x, s, 1)
	x.Spool(2*old.Size() + 10_000)
	old.File()
	reading := old.File()
	for seq := int64(2); seq < 8; seq++ {
		s.set(seq, manyRecords(600+int(seq)))
		b := c.body(t, x, s, seq)
		b.File()
		whole(t, b.File())
	}
	if n, size := x.Spooled(); n != 2 || size > 2*old.Size()+10_000 {
		t.Errorf("%d files of %d bytes are kept, want two", n, size)
	}
	if got := whole(t, reading); int64(len(got)) != old.Size() {
		t.Errorf("who was reading got %d bytes, want %d", len(got), old.Size())
	}
	if _, err := reading.Read(make([]byte, 1)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("what nobody keeps is still open: %v", err)
	}
	for i := range 2 {
		if old.File() != nil {
			t.Errorf("reading %d of what is gone has a file", i)
		}
	}
	if f := old.File(); f == nil {
		t.Error("what is asked for again has no file")
	} else {
		whole(t, f)
	}
}

func TestManyReadersOfFiles(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(600))
	x := c.start()
	var bodies []model.FileBody
	for seq := int64(1); seq <= 5; seq++ {
		s.set(seq, manyRecords(600+int(seq)))
		bodies = append(bodies, c.body(t, x, s, seq))
	}
	x.Spool(3 * bodies[4].Size())
	var wait sync.WaitGroup
	for i := range 20 {
		wait.Go(func() {
			for j := range 50 {
				b := bodies[(i+j)%len(bodies)]
				if f := b.File(); f != nil {
					if got := whole(t, f); int64(len(got)) != b.Size() || !strings.HasSuffix(string(got), "}") {
						t.Errorf("got %d bytes, want %d", len(got), b.Size())
					}
				}
			}
		})
	}
	wait.Wait()
	if n, _ := x.Spooled(); n > 3 {
		t.Errorf("%d files are kept, want three", n)
	}
}
