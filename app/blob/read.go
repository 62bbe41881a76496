package blob

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// Open opens a blob for reading. It fails with NotFound when it is absent, and
// with Invalid when sha256 is not 64 lower-case hex digits.
func (d *Disk) Open(sha256 string) (*os.File, error) {
	if err := checkDigest(sha256); err != nil {
		return nil, err
	}
	folder, err := d.folderRoot(folderOf(sha256))
	if err != nil {
		return nil, absence("open a blob folder", err)
	}
	f, err := folder.OpenFile(sha256, readOnly, 0)
	if errors.Is(err, fs.ErrNotExist) {
		// Or the folder is another one by now.
		f, err = d.root.OpenFile(pathOf(sha256), readOnly, 0)
	}
	if err != nil {
		return nil, absence("open a blob", err)
	}
	return f, nil
}

// readOnly opens a file without switching it to non-blocking and back, which
// package os does to every other one: four calls of the kernel for each download.
const readOnly = os.O_RDONLY | syscall.O_NONBLOCK

// folderRoot returns the folder of that name, which stays open: a path of two parts
// is walked at each opening.
func (d *Disk) folderRoot(name string) (*os.Root, error) {
	d.reading.RLock()
	folder := d.roots[name]
	d.reading.RUnlock()
	if folder != nil {
		return folder, nil
	}
	d.reading.Lock()
	defer d.reading.Unlock()
	if folder := d.roots[name]; folder != nil {
		return folder, nil
	}
	folder, err := d.root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	d.roots[name] = folder
	return folder, nil
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
