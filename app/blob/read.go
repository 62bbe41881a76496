package blob

import (
	"errors"
	"io/fs"
	"os"
)

// Open opens a blob for reading. It fails with NotFound when it is absent, and
// with Invalid when sha256 is not 64 lower-case hex digits.
func (d *Disk) Open(sha256 string) (*os.File, error) {
	if err := checkDigest(sha256); err != nil {
		return nil, err
	}
	f, err := d.root.Open(pathOf(sha256))
	if err != nil {
		return nil, absence("open a blob", err)
	}
	return f, nil
}

// Has reports whether a blob is stored.
func (d *Disk) Has(sha256 string) (bool, error) {
	if err := checkDigest(sha256); err != nil {
		return false, err
	}
	_, err := d.root.Stat(pathOf(sha256))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, failure("look for a blob", err)
	}
	return true, nil
}

// Remove takes a blob away; one that is absent is removed already. Files that
// are open stay readable.
func (d *Disk) Remove(sha256 string) error {
	if err := checkDigest(sha256); err != nil {
		return err
	}
	if err := d.root.Remove(pathOf(sha256)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failure("remove a blob", err)
	}
	return nil
}
