package blob

import (
	"errors"
	"io/fs"

	"vivarium/app/model"
)

// Commit makes the bytes durable under their SHA-256 and returns their digest.
// When it has returned, neither a crash nor a power failure takes them away. If
// the blob is there already it is touched, which keeps it from being collected as
// garbage. A failed Commit leaves nothing behind.
func (w *Writer) Commit() (Digest, error) {
	if err := w.open(); err != nil {
		return Digest{}, errors.Join(err, w.Abort())
	}
	digest := w.Digest()
	err := w.settle(digest)
	return digest, errors.Join(err, w.Abort())
}

// settle goes through the write order: bytes, folder, name, folder's names.
func (w *Writer) settle(digest Digest) error {
	if err := w.file.Sync(); err != nil {
		return failure("sync a temporary blob", err)
	}
	if err := w.disk.ensureFolder(folderOf(digest.SHA256)); err != nil {
		return err
	}
	present, err := w.disk.touch(digest)
	if err != nil {
		return err
	}
	if !present {
		if err := w.rename(digest.SHA256); err != nil {
			return err
		}
	}
	// A blob that is present may have been renamed by a writer that has not come
	// to this line yet, so it is synced either way.
	return w.disk.syncFolder(folderOf(digest.SHA256))
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
