// Package blob keeps bytes on disk, addressed by their SHA-256. A name is always
// such a hash, never a user's string, and what is stored is never changed: it is
// written beside, made durable, and renamed into place whole. What a package or a
// file is it does not know.
//
// On disk a blob lies at ab/abcdef…, and what is still being written in tmp/. Beside
// blobs there is Scratch, for files that can be made again.
package blob

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"sync"

	"vivarium/app/model"
)

const (
	temporaryFolder = "tmp"
	folderMode      = 0o700
	fileMode        = 0o600
)

// Disk is a folder of blobs. Its methods may be called by many goroutines, and
// several processes may have the same folder open.
type Disk struct {
	root *os.Root

	mu sync.Mutex
	// durable has the folders that are known to survive a power failure.
	durable map[string]bool

	reading sync.RWMutex
	// roots has the folders that blobs were read from, open, by their names.
	roots map[string]*os.Root
}

// OpenDisk opens the folder dir and makes it when it is missing.
func OpenDisk(dir string) (*Disk, error) {
	if err := makeFolders(filepath.Clean(dir)); err != nil {
		return nil, failure("make the blob folder", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, failure("open the blob folder", err)
	}
	d := &Disk{root: root, durable: map[string]bool{}, roots: map[string]*os.Root{}}
	if err := d.ensureFolder(temporaryFolder); err != nil {
		root.Close()
		return nil, err
	}
	return d, nil
}

// Close gives the folder back. Files that are open stay readable.
func (d *Disk) Close() error {
	d.reading.Lock()
	defer d.reading.Unlock()
	err := d.root.Close()
	for _, folder := range d.roots {
		err = errors.Join(err, folder.Close())
	}
	clear(d.roots)
	return err
}

// Check fails when the folder cannot be written to. It is for readiness, so it
// writes a byte instead of asking for permission bits.
func (d *Disk) Check() error {
	w, err := d.Create()
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte{0}); err != nil {
		return errors.Join(err, w.Abort())
	}
	return w.Abort()
}

// folderOf returns the folder of a blob, and pathOf its path. Both take only
// what checkDigest let through.
func folderOf(sha256 string) string { return sha256[:2] }
func pathOf(sha256 string) string   { return path.Join(folderOf(sha256), sha256) }

// checkDigest is the wall before every path: only a digest passes.
func checkDigest(sha256 string) error {
	if !isDigest(sha256) {
		return model.Errorf(model.Invalid, "That is not a SHA-256 digest: it takes 64 digits and letters from a to f.")
	}
	return nil
}

func isDigest(s string) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == 64
}
