package blob

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"path"
	"time"
)

// Entry is a stored blob as All lists it. ModTime is when it was last committed.
type Entry struct {
	SHA256  string
	Size    int64
	ModTime time.Time
}

// All yields every stored blob in the order of the digests. What comes or goes
// meanwhile may be seen or not. It stops at the first error, and when ctx ends.
// Names that are not of blobs are passed over.
func (d *Disk) All(ctx context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		folders, err := d.list(".")
		if err != nil {
			yield(Entry{}, err)
			return
		}
		for _, f := range folders {
			if f.IsDir() && f.Name() != temporaryFolder && !d.listFolder(ctx, f.Name(), yield) {
				return
			}
		}
	}
}

// listFolder yields the blobs of one folder and reports whether to go on.
func (d *Disk) listFolder(ctx context.Context, folder string, yield func(Entry, error) bool) bool {
	files, err := d.list(folder)
	if err != nil {
		yield(Entry{}, err)
		return false
	}
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			yield(Entry{}, err)
			return false
		}
		if !f.Type().IsRegular() || !isDigest(f.Name()) || folderOf(f.Name()) != folder {
			continue
		}
		info, err := f.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			yield(Entry{}, failure("look at a blob", err))
			return false
		}
		if !yield(Entry{SHA256: f.Name(), Size: info.Size(), ModTime: info.ModTime()}, nil) {
			return false
		}
	}
	return true
}

// SweepTemporary removes what interrupted uploads left behind and nobody wrote
// to since olderThan. It returns how many files and bytes went.
func (d *Disk) SweepTemporary(olderThan time.Time) (n int, bytes int64, err error) {
	files, err := d.list(temporaryFolder)
	if err != nil {
		return 0, 0, err
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil || !info.ModTime().Before(olderThan) {
			continue // it ended in between, or is being written
		}
		if err := d.root.Remove(path.Join(temporaryFolder, f.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return n, bytes, failure("remove a temporary blob", err)
		}
		n++
		bytes += info.Size()
	}
	return n, bytes, nil
}

// list reads a folder, sorted by name.
func (d *Disk) list(folder string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(d.root.FS(), folder)
	if err != nil {
		return nil, failure("list a blob folder", err)
	}
	return entries, nil
}
