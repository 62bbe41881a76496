package blob

import (
	"errors"
	"io/fs"
	"sync"

	"vivarium/app/model"
)

// syncers is how many files CommitAll makes durable at once: a disk does many
// together in the time of one.
const syncers = 32

// Commit makes the bytes durable under their SHA-256 and returns their digest.
// When it has returned, neither a crash nor a power failure takes them away. If
// the blob is there already it is touched, which keeps it from being collected as
// garbage. A failed Commit leaves nothing behind.
func (w *Writer) Commit() (Digest, error) {
	err := w.disk.CommitAll(w)
	if err != nil {
		return Digest{}, err
	}
	return w.Digest(), nil
}

// CommitAll is Commit for many writers, which wait for the disk together. When it
// fails, some blobs may be there and some not.
func (d *Disk) CommitAll(writers ...*Writer) error {
	err := d.settle(writers)
	for _, w := range writers {
		err = errors.Join(err, w.Abort())
	}
	return err
}

// settle goes through the write order: bytes, folders, names, folders' names.
func (d *Disk) settle(writers []*Writer) error {
	if err := each(writers, (*Writer).sync); err != nil {
		return err
	}
	// A blob that is present may have been renamed by a writer that has not synced
	// its folder yet, so that is done either way.
	var folders []string
	seen := map[string]bool{}
	for _, w := range writers {
		if err := w.place(); err != nil {
			return err
		}
		if f := folderOf(w.Digest().SHA256); !seen[f] {
			seen[f] = true
			folders = append(folders, f)
		}
	}
	return each(folders, d.syncFolder)
}

// each calls do with all of list, some at once, and returns what failed.
func each[T any](list []T, do func(T) error) error {
	if len(list) == 1 {
		return do(list[0])
	}
	errs, slots := make([]error, len(list)), make(chan struct{}, syncers)
	var all sync.WaitGroup
	for i, item := range list {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			errs[i] = do(item)
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

func (w *Writer) sync() error {
	if err := w.open(); err != nil {
		return err
	}
	if err := w.file.Sync(); err != nil {
		return failure("sync a temporary blob", err)
	}
	return nil
}

// place gives the bytes their name, unless a blob has it already.
func (w *Writer) place() error {
	digest := w.Digest()
	if err := w.disk.ensureFolder(folderOf(digest.SHA256)); err != nil {
		return err
	}
	present, err := w.disk.touch(digest)
	if err != nil || present {
		return err
	}
	return w.rename(digest.SHA256)
}

// rename gives the temporary file its name; from then on there is nothing to
// abort.
func (w *Writer) rename(sha256 string) error {
	if err := w.disk.root.Rename(w.name, pathOf(sha256)); err != nil {
		return failure("rename a blob into place", err)
	}
	w.ended = true
	if err := w.file.Close(); err != nil {
		return failure("close a blob", err)
	}
	return nil
}

// touch gives a blob the present time and reports whether it is there. One of
// another size is damaged and counts as absent: the rename puts it right.
func (d *Disk) touch(digest Digest) (bool, error) {
	name := pathOf(digest.SHA256)
	info, err := d.root.Stat(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() != digest.Size {
		return false, nil
	}
	if err != nil {
		return false, failure("look for a blob", err)
	}
	// File times are the machine's, whatever clock the site runs by.
	now := model.Clock{}.Now()
	switch err := d.root.Chtimes(name, now, now); {
	case errors.Is(err, fs.ErrNotExist): // collected in between
		return false, nil
	case err != nil:
		return false, failure("touch a blob", err)
	}
	return true, nil
}
