package blob

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ensureFolder makes the folder name when it is missing. It syncs the parent
// even if another writer made the folder: that one may not have come so far.
func (d *Disk) ensureFolder(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.durable[name] {
		return nil
	}
	if err := d.root.Mkdir(name, folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
		return failure("make a blob folder", err)
	}
	if err := d.syncFolder("."); err != nil {
		return err
	}
	d.durable[name] = true
	return nil
}

// syncFolder makes the names in a folder durable.
func (d *Disk) syncFolder(name string) error {
	f, err := d.root.Open(name)
	if err != nil {
		return failure("open a blob folder", err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return failure("sync a blob folder", err)
	}
	return nil
}

// makeFolders is MkdirAll that also makes each new name durable.
func makeFolders(dir string) error {
	if err := os.Mkdir(dir, folderMode); err == nil {
		return syncPath(filepath.Dir(dir))
	} else if !errors.Is(err, fs.ErrNotExist) {
		return existingFolder(dir, err)
	}
	if err := makeFolders(filepath.Dir(dir)); err != nil {
		return err
	}
	return makeFolders(dir)
}

func existingFolder(dir string, err error) error {
	info, statErr := os.Stat(dir)
	if statErr == nil && !info.IsDir() {
		return fmt.Errorf("%s is not a folder", dir)
	}
	if statErr == nil && errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

func syncPath(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
