package blob

import (
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path"
	"sync"
)

// copyBuffer is how much is read from an upload at a time.
const copyBuffer = 128 << 10

// buffers are kept, because many files are smaller than one.
var buffers = sync.Pool{New: func() any { return new([copyBuffer]byte) }}

var errEnded = errors.New("blob writer has ended already")

// Writer takes the bytes of one blob and ends with Commit or Abort. It is for one
// goroutine.
type Writer struct {
	disk *Disk
	file *os.File
	name string // below the disk's root
	digester
	failed error // the first failure: part of the bytes is missing for good
	ended  bool
}

var (
	_ io.ReaderFrom = (*Writer)(nil)
	_ io.ReaderAt   = (*Writer)(nil)
)

// Create begins a blob. Its bytes lie in the temporary folder until Commit. It
// fails with Full or ReadOnly when the disk is.
func (d *Disk) Create() (*Writer, error) {
	name := path.Join(temporaryFolder, rand.Text())
	f, err := d.root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return nil, failure("create a temporary blob", err)
	}
	return &Writer{disk: d, file: f, name: name, digester: newDigester()}, nil
}

// Write appends p. It fails with Full when the disk is; after any failure the
// writer can only be aborted.
func (w *Writer) Write(p []byte) (int, error) {
	if err := w.open(); err != nil {
		return 0, err
	}
	n, err := w.file.Write(p)
	w.add(p[:n])
	if err != nil {
		w.failed = failure("write a temporary blob", err)
	}
	return n, w.failed
}

// ReadFrom appends all that r gives, in one pass through disk and hashes. An
// error of r comes back as it is, and the writer can only be aborted then.
func (w *Writer) ReadFrom(r io.Reader) (int64, error) {
	var total int64
	buf := buffers.Get().(*[copyBuffer]byte)
	defer buffers.Put(buf)
	for {
		n, err := r.Read(buf[:])
		if n > 0 {
			m, err := w.Write(buf[:n])
			total += int64(m)
			if err != nil {
				return total, err
			}
		}
		if err == io.EOF {
			return total, nil
		}
		if err != nil {
			w.failed = err
			return total, err
		}
	}
}

// ReadAt reads what was written so far.
func (w *Writer) ReadAt(p []byte, offset int64) (int, error) { return w.file.ReadAt(p, offset) }

// Digest returns the digest of what was written so far.
func (w *Writer) Digest() Digest { return w.digest() }

// Abort drops what was written. After Commit or Abort it does nothing.
func (w *Writer) Abort() error {
	if w.ended {
		return nil
	}
	w.ended = true
	return errors.Join(w.file.Close(), w.disk.root.Remove(w.name))
}

// open fails when nothing more may be written.
func (w *Writer) open() error {
	if w.ended {
		return errEnded
	}
	return w.failed
}
