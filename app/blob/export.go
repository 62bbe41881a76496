package blob

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// The modes of what is given out: who serves it is another user, and nobody writes
// to a link of a blob.
const (
	copyMode = 0o644
	linkMode = 0o444
)

// CopyOut makes a copy of a blob outside of the folder, at a path in a folder that
// exists, with that time. It reports false, and does nothing, when a copy of the
// same size and time is there.
func (d *Disk) CopyOut(sha256, target string, at time.Time) (made bool, err error) {
	f, err := d.Open(sha256)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, failure("look at a blob", err)
	}
	if there, err := os.Stat(target); err == nil && there.Size() == info.Size() && there.ModTime().Equal(at) {
		return false, nil
	}
	part := target + ".part"
	if err := copyTo(part, f, at); err != nil {
		return false, errors.Join(err, os.Remove(part))
	}
	return true, os.Rename(part, target)
}

func copyTo(part string, f *os.File, at time.Time) error {
	out, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, copyMode)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, f)
	return errors.Join(err, out.Close(), os.Chtimes(part, at, at))
}

// LinkOut is CopyOut that makes a hard link, which has the blob's own time. Nobody
// may write to it then, for that would alter the blob. It fails on another file
// system.
func (d *Disk) LinkOut(sha256, target string) (made bool, err error) {
	if err := checkDigest(sha256); err != nil {
		return false, err
	}
	source := filepath.Join(d.root.Name(), filepath.FromSlash(pathOf(sha256)))
	info, err := os.Stat(source)
	if err != nil {
		return false, absence("look at a blob", err)
	}
	if there, err := os.Stat(target); err == nil && os.SameFile(there, info) {
		return false, nil
	}
	if err := os.Remove(target); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	return true, errors.Join(os.Link(source, target), os.Chmod(target, linkMode))
}
