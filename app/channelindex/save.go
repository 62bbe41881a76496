package channelindex

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// savedFormat begins a file that holds a view. It changes when chunks are divided
// or written otherwise, or have something else in them, so that no file of an older program is taken for right.
const savedFormat = "vivarium view 3\n" + encoding + "\n"

const (
	// leastSaved is from how many entries on a view is saved: smaller ones are made
	// anew in no time.
	leastSaved = 500
	// savedLife is how long a file stays of a view that nobody has asked for.
	savedLife = 30 * 24 * time.Hour

	savedPrefix = "view-"
	savedSuffix = ".index"
)

// savedName is the name of a view's file. It tells nobody what a label is called.
func savedName(key Key) string {
	name := sha256.Sum256(fmt.Appendf(nil, "%q %q %q", key.Label, key.Subdir, key.Visibility))
	return fmt.Sprintf("%s%d-%x%s", savedPrefix, key.AccountID, name[:16], savedSuffix)
}

// Save writes the views that have changed since they were saved, and takes away
// what is left of those that nobody wants any more. Without a folder it does
// nothing.
func (x *Index) Save(ctx context.Context) error {
	if x.folder == nil {
		return nil
	}
	x.saving.Lock()
	defer x.saving.Unlock()
	errs := []error{x.tidy()}
	for _, v := range x.all() {
		if ctx.Err() != nil {
			break
		}
		if !v.worthSaving() || x.isSaved(v) {
			continue
		}
		if err := x.folder.Write(savedName(v.key), v.write); err != nil {
			errs = append(errs, fmt.Errorf("save the index of %q: %w", v.key.Subdir, err))
			continue
		}
		x.markSaved(v)
	}
	return errors.Join(append(errs, x.sweep(), ctx.Err())...)
}

func (v *view) worthSaving() bool {
	return v.entries() >= leastSaved && v.stamp != "" && len(v.broken) == 0
}

// entries is how many all lists have.
func (v *view) entries() (n int) {
	for _, s := range v.lists {
		n += s.count
	}
	return n
}

func (x *Index) isSaved(v *view) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return v.saved
}

func (x *Index) markSaved(v *view) {
	x.mu.Lock()
	defer x.mu.Unlock()
	v.saved = true
}

// sweep takes away files of views that have not been used for long, once a day.
func (x *Index) sweep() error {
	now := x.clock.Now()
	if now.Sub(x.swept) < 24*time.Hour {
		return nil
	}
	x.swept = now
	names, err := x.folder.Names()
	if err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, v := range x.all() {
		kept[savedName(v.key)] = true
	}
	var errs []error
	for _, name := range names {
		if strings.HasPrefix(name, savedPrefix) && !kept[name] && x.abandoned(name, now) {
			errs = append(errs, x.folder.Remove(name))
		}
	}
	return errors.Join(errs...)
}

func (x *Index) abandoned(name string, now time.Time) bool {
	f, err := x.folder.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	return err == nil && now.Sub(info.ModTime()) >= savedLife
}

// write writes the view as resume reads it: numbers and bytes one behind another,
// and a checksum.
func (v *view) write(to io.Writer) error {
	w := &savedWriter{to: to, sum: crc32.New(castagnoli)}
	w.raw([]byte(savedFormat))
	w.number(v.key.AccountID)
	for _, text := range []string{v.key.Label, v.key.Subdir, string(v.key.Visibility), v.stamp} {
		w.text(text)
	}
	w.number(v.state.Seq)
	w.number(int64(len(v.subdirs)))
	for _, name := range slices.Sorted(maps.Keys(v.subdirs)) {
		w.text(name)
		w.number(int64(v.subdirs[name]))
	}
	for _, s := range v.lists {
		w.sequence(s)
	}
	if w.err != nil {
		return w.err
	}
	_, err := to.Write(w.sum.Sum(nil))
	return err
}

// savedWriter keeps the first error, so that only the end has to look.
type savedWriter struct {
	to  io.Writer
	sum hash.Hash32
	err error
}

func (w *savedWriter) raw(b []byte) {
	if w.err == nil {
		w.sum.Write(b) // a hash never fails
		_, w.err = w.to.Write(b)
	}
}

func (w *savedWriter) number(n int64) {
	w.raw(binary.AppendVarint(make([]byte, 0, binary.MaxVarintLen64), n))
}

func (w *savedWriter) bytes(b []byte) {
	w.number(int64(len(b)))
	w.raw(b)
}

func (w *savedWriter) text(s string) { w.bytes([]byte(s)) }

func (w *savedWriter) sequence(s *sequence) {
	n := 0
	for _, g := range s.groups {
		n += len(g.chunks)
	}
	w.number(int64(n))
	for c := range s.chunks {
		w.text(c.last)
		w.number(int64(c.count))
		w.raw(c.hash[:])
		w.number(int64(c.text.CRC))
		w.number(c.text.Size)
		w.bytes(c.zstd)
		if packed := c.deflate.Load(); packed != nil {
			w.bytes(*packed)
		} else {
			w.bytes(nil) // not packed: no chunk is packed into nothing
		}
	}
}
