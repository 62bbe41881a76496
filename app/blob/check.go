package blob

import (
	"errors"
	"io"
	"io/fs"
)

// Size returns how many bytes a blob has. It fails with NotFound when it is absent.
func (d *Disk) Size(sha256 string) (int64, error) {
	if err := checkDigest(sha256); err != nil {
		return 0, err
	}
	info, err := d.root.Stat(pathOf(sha256))
	if err != nil {
		return 0, absence("look at a blob", err)
	}
	return info.Size(), nil
}

// Measure reads a blob and returns the digest that its bytes really have.
func (d *Disk) Measure(sha256 string) (Digest, error) {
	f, err := d.Open(sha256)
	if err != nil {
		return Digest{}, err
	}
	defer f.Close()
	sums := newDigester()
	if _, err := io.Copy(&sums, f); err != nil {
		return Digest{}, failure("read a blob", err)
	}
	return sums.digest(), nil
}

// damagedSuffix ends the names of blobs that were set aside.
const damagedSuffix = ".damaged"

// SetAside takes a blob away whose bytes are not those of its name: it is absent
// then, and the same upload again puts it right. The bytes stay beside it.
func (d *Disk) SetAside(sha256 string) error {
	if err := checkDigest(sha256); err != nil {
		return err
	}
	err := d.root.Rename(pathOf(sha256), pathOf(sha256)+damagedSuffix)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failure("set a blob aside", err)
	}
	return nil
}
