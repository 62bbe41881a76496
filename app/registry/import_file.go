package registry

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path"
	"runtime"
	"strings"
	"sync"

	"vivarium/app/blob"
	"vivarium/app/model"
)

// importing is a file on its way.
type importing struct {
	ImportFile
	archive
	kind    model.PackageType
	bytes   *blob.Writer // nil when they are not wanted
	extra   *blob.Writer // the metadata beside the file
	present bool         // the channel has it already
	heals   bool         // but not its bytes
	made    bool
	err     error
}

// pending reports whether the file is still to be published.
func (f *importing) pending() bool { return f.err == nil && !f.present && !f.made }

func (f *importing) fileName() string { return path.Base(f.Path) }

// expected is the basename that the file will have, if its folder is right; empty
// when that says nothing.
func (f *importing) expected() string {
	if f.kind == model.Conda && f.Subdir == "" {
		return ""
	}
	return path.Join(f.Subdir, f.fileName())
}

// drop gives back what was kept of a file that is not published.
func (f *importing) drop() {
	for _, w := range []*blob.Writer{f.bytes, f.extra} {
		if w != nil {
			f.err = errors.Join(f.err, w.Abort())
		}
	}
	f.bytes, f.extra = nil, nil
}

func discard(all []*importing) {
	for _, f := range all {
		f.drop()
	}
}

func writersOf(all []*importing) []*blob.Writer {
	var list []*blob.Writer
	for _, f := range all {
		for _, w := range []*blob.Writer{f.bytes, f.extra} {
			if w != nil && (f.pending() || f.heals) {
				list = append(list, w)
			}
		}
	}
	return list
}

// prepare reads a batch with all processors: hashes the files, keeps their bytes
// aside and parses them. What the channel has already is only hashed.
func (im *importer) prepare(ctx context.Context, all []*importing) {
	known, err := im.expected(ctx, all)
	var workers sync.WaitGroup
	queue := make(chan *importing)
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for f := range queue {
				if f.err = err; err == nil {
					f.err = im.read(ctx, f, known[f.kind][f.expected()])
				}
				if f.err != nil {
					f.drop()
				}
			}
		})
	}
	for _, f := range all {
		queue <- f
	}
	close(queue)
	workers.Wait()
}

// expected returns the digests of the channel's files under the names that the
// batch will probably have.
func (im *importer) expected(ctx context.Context, all []*importing) (map[model.PackageType]map[string]string, error) {
	names := map[model.PackageType][]string{}
	for _, f := range all {
		f.kind = cmp.Or(f.Type, TypeOfName(f.fileName()))
		if name := f.expected(); name != "" {
			names[f.kind] = append(names[f.kind], name)
		}
	}
	known := map[model.PackageType]map[string]string{}
	for t, list := range names {
		found, err := im.Store.Digests(ctx, im.account.ID, t, list)
		if err != nil {
			return nil, err
		}
		known[t] = found
	}
	return known, nil
}

// read takes a file in. have is the digest of the channel's file of its name, if
// there is one.
func (im *importer) read(ctx context.Context, f *importing, have string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if kindOf(f.kind).named == nil {
		return model.Errorf(model.Invalid, "It is neither a conda nor a Python package.")
	}
	if _, err := kindOf(f.kind).named(f.fileName()); err != nil {
		return err
	}
	source, err := f.Open()
	if err != nil {
		return err
	}
	defer source.Close()
	if have != "" {
		if stored, err := im.Blobs.Has(have); err != nil || stored {
			return firstError(err, f.compare(source, have))
		}
	}
	if f.bytes, err = im.Blobs.Create(); err != nil {
		return err
	}
	size, err := f.bytes.ReadFrom(source)
	if err == nil {
		err = refuseEmpty(f.fileName(), size)
	}
	if err != nil {
		return err
	}
	return im.parse(f)
}

// agrees fails unless the bytes are what was said of them.
func (f *importing) agrees(got blob.Digest) error {
	for _, d := range []struct{ name, said, got string }{{"SHA-256", f.SHA256, got.SHA256}, {"MD5", f.MD5, got.MD5}} {
		if d.said != "" && !strings.EqualFold(d.said, d.got) {
			return model.Errorf(model.Invalid, "Its bytes have the %s %s, but %s was said of it.", d.name, d.got, shorten(d.said))
		}
	}
	return nil
}

// compare looks whether the file is the one that the channel has.
func (f *importing) compare(source io.Reader, have string) error {
	sum := sha256.New()
	size, err := io.Copy(sum, source)
	if err == nil {
		err = refuseEmpty(f.fileName(), size)
	}
	if err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != have {
		return OtherBytes(have)
	}
	f.present = true
	return nil
}

// parse reads the archive from the bytes that were kept.
func (im *importer) parse(f *importing) (err error) {
	if err := f.agrees(f.bytes.Digest()); err != nil {
		return err
	}
	if f.archive, err = readAs(f.kind, f.bytes, f.fileName(), f.bytes.Digest()); err != nil {
		return err
	}
	if im.only != "" && !sameName(f.kind, im.only, f.name) {
		return model.Errorf(model.Invalid, "The file says that it belongs to the package %s, not to %s.", shorten(f.name), im.only)
	}
	if f.file.Subdir != "" {
		if err := im.checkSubdir(f.file.Subdir); err != nil {
			return err
		}
	}
	if err := model.CheckVersion(f.version); err != nil {
		return err
	}
	if f.metadata == nil {
		return nil
	}
	f.extra, err = im.writeMetadata(&f.archive)
	return err
}
