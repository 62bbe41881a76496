package channelindex

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"sync"
)

// What is kept as files: a body of such a size, from that reading on, as long as
// no newer ones take its place.
const (
	leastSpooled  = 64 << 10
	mostSpooled   = 32 << 20
	worthSpooling = 2
	spoolBytes    = 256 << 20
)

// spool keeps bodies that are read again and again as files too, so that the
// system sends them by itself. The files have no names: they take up the disk until
// they are closed, at the latest when the process ends.
type spool struct {
	folder Folder
	most   int64

	mu    sync.Mutex
	kept  []*spooled // oldest first
	bytes int64
}

func newSpool(f Folder) *spool { return &spool{folder: f, most: spoolBytes} }

// keep makes a file of b. What was kept longest goes when there is too much.
func (s *spool) keep(b *splicedBody) (*spooled, error) {
	f, err := s.folder.Temporary()
	if err != nil {
		return nil, err
	}
	k := &spooled{file: f, size: b.size}
	if err := fillFile(f, b); err != nil {
		k.retire()
		return nil, fmt.Errorf("keep an index as a file: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = append(s.kept, k)
	s.bytes += k.size
	for s.bytes > s.most {
		s.bytes -= s.kept[0].size
		s.kept[0].retire()
		s.kept[0] = nil
		s.kept = s.kept[1:]
	}
	return k, nil
}

// writers are used again: under load a file is made many times a second.
var writers = sync.Pool{New: func() any { return bufio.NewWriterSize(nil, leastSpooled) }}

func fillFile(f io.Writer, b *splicedBody) error {
	w := writers.Get().(*bufio.Writer)
	defer writers.Put(w)
	w.Reset(f)
	defer w.Reset(nil)
	for piece, err := range b.Pieces(0) {
		if err != nil {
			return err
		}
		if _, err := w.Write(piece); err != nil {
			return err
		}
	}
	return w.Flush()
}

// spooled is a body in a file. Each reader has a descriptor of its own, for that is
// what has a position; opening one takes long, so that some wait for the next.
type spooled struct {
	size int64

	mu   sync.Mutex
	file *os.File // nil: retired
	idle []*os.File
}

// mostIdle is how many descriptors wait for readers.
const mostIdle = 8

// lend returns a reader of all the bytes, or nil when there are none any more.
func (k *spooled) lend() io.ReadCloser {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.file == nil {
		return nil
	}
	if n := len(k.idle); n > 0 {
		f := k.idle[n-1]
		k.idle = k.idle[:n-1]
		return lent{f, k}
	}
	f, err := os.Open(fmt.Sprintf("/proc/self/fd/%d", k.file.Fd()))
	if err != nil {
		return nil // not on this system, or too many files are open
	}
	return lent{f, k}
}

// retire gives the disk back, when the last reader has closed.
func (k *spooled) retire() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.file.Close()
	for _, f := range k.idle {
		f.Close()
	}
	k.file, k.idle = nil, nil
}

// lent is the file of one reader. It is a syscall.Conn, as sendfile needs it.
type lent struct {
	*os.File
	of *spooled
}

// Close gives the file to the next reader.
func (l lent) Close() error {
	_, err := l.Seek(0, io.SeekStart)
	l.of.mu.Lock()
	defer l.of.mu.Unlock()
	if err != nil || l.of.file == nil || len(l.of.idle) == mostIdle {
		return l.File.Close()
	}
	l.of.idle = append(l.of.idle, l.File)
	return nil
}
