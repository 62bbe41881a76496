package registry

import (
	"context"
	"io"
	"iter"
	"time"

	"vivarium/app/model"
	"vivarium/app/store"
)

// ImportFile is a file that lies somewhere and is to be imported.
type ImportFile struct {
	// Path says to people where it lies; its last part is the file's name.
	Path string
	// Subdir is what its folder suggests of a conda file, empty when it does not.
	Subdir string
	Size   int64
	Open   func() (io.ReadCloser, error)
	// Said is what is known of it from elsewhere.
	Said
}

// Said is what somebody says of a file that is imported; what is empty was not
// said. Bytes with other digests are refused.
type Said struct {
	Type        model.PackageType // otherwise what the name tells
	SHA256, MD5 string            // hex
	Description string
	UploadedAt  time.Time // otherwise now
	Downloads   int64
}

// Imported says what became of a file.
type Imported struct {
	ImportFile
	Made bool  // false: it was there already, or is refused
	Err  error // why it is refused
}

// Importable reports whether a file of that name can be imported: conda packages,
// wheels, sdists and R packages.
func Importable(fileName string) bool { return SaysVersion(TypeOfName(fileName)) }

// SaysVersion reports whether files of type t say themselves which version of which
// package they are, so that they are known by their names alone in a channel.
func SaysVersion(t model.PackageType) bool { return kindOf(t).named != nil }

// ImportRequest says what is imported to where.
type ImportRequest struct {
	Channel string
	Labels  []string // none: main
	// Unlabelled puts no label on what is new.
	Unlabelled bool
	// Package is the one that all files must be of; empty: whichever they say.
	Package string
	Files   iter.Seq[ImportFile]
	// Report is called for each file when its fate is durable, in the order of Files.
	Report func(Imported)
}

// Bounds of what is imported at once: so many files or bytes wait for the disk and
// the database together.
const (
	importFiles = 256
	importBytes = 256 << 20
)

// Import publishes many conda and Python files. What is there already with the same
// bytes is passed over, so that an import which broke off is begun again. A file
// that cannot be taken does not stop the others. It is for the site's operators and
// knows no limit of size.
func (r *Registry) Import(ctx context.Context, actor model.Actor, in ImportRequest) error {
	if err := requireOperator(actor); err != nil {
		return err
	}
	a, err := r.account(ctx, r.Store, actor, in.Channel)
	if err != nil {
		return err
	}
	im := importer{Registry: r, actor: actor, account: a, only: in.Package}
	if !in.Unlabelled {
		if im.labels, err = r.uploadLabels(ctx, r.Store, a, in.Labels, model.File{}); err != nil {
			return err
		}
	}
	began, made := r.Clock.Now(), 0
	for b := range im.prepared(ctx, in.Files) {
		if err := im.settle(ctx, b); err != nil {
			return err
		}
		for _, f := range b {
			if f.made {
				made++
			}
			in.Report(Imported{f.ImportFile, f.made, f.err})
		}
	}
	r.done(ctx, "files imported", actor, "account", a.Login, "files", made, "dur_ms", r.Clock.Since(began).Milliseconds())
	return ctx.Err()
}

// importer is an import under way.
type importer struct {
	*Registry
	actor   model.Actor
	account model.Account
	labels  []string
	only    string // the package, if it is given
}

// prepared reads the files, a batch ahead of who settles them: processors and disk
// work at the same time. Reading stops when the caller does.
func (im *importer) prepared(ctx context.Context, files iter.Seq[ImportFile]) iter.Seq[[]*importing] {
	return func(yield func([]*importing) bool) {
		ctx, stop := context.WithCancel(ctx)
		batches := make(chan []*importing, 1)
		go func() {
			defer close(batches)
			for b := range inBatches(files) {
				if ctx.Err() != nil {
					return
				}
				im.prepare(ctx, b)
				batches <- b
			}
		}()
		defer func() {
			stop()
			for b := range batches {
				discard(b)
			}
		}()
		for b := range batches {
			more := ctx.Err() == nil && yield(b)
			discard(b)
			if !more {
				return
			}
		}
	}
}

// inBatches cuts files into batches.
func inBatches(files iter.Seq[ImportFile]) iter.Seq[[]*importing] {
	return func(yield func([]*importing) bool) {
		var batch []*importing
		var size int64
		for f := range files {
			if batch = append(batch, &importing{ImportFile: f}); len(batch) < importFiles && size+f.Size < importBytes {
				size += f.Size
				continue
			}
			if !yield(batch) {
				return
			}
			batch, size = nil, 0
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}

// settle makes a prepared batch durable: its bytes together, then its rows in one
// transaction.
func (im *importer) settle(ctx context.Context, all []*importing) error {
	if err := im.sift(ctx, im.Store, all); err != nil {
		return err
	}
	h := im.hold()
	defer h.end()
	if err := h.commitAll(im.Blobs, writersOf(all)); err != nil {
		return err
	}
	return im.Store.InTx(ctx, func(tx *store.Store) error { return im.place(ctx, tx, all) })
}

// place publishes what is left of a batch in a transaction.
func (im *importer) place(ctx context.Context, tx *store.Store, all []*importing) error {
	// Between the first look and now others may have come.
	if err := im.sift(ctx, tx, all); err != nil {
		return err
	}
	if err := im.choosePackages(ctx, tx, all); err != nil {
		return err
	}
	var batch []*archive
	for _, f := range all {
		if f.pending() {
			f.file.Labels, f.made = im.labels, true
			f.file.Description, f.file.Downloads, f.uploadedAt = f.Description, max(0, f.Downloads), f.UploadedAt
			batch = append(batch, &f.archive)
		}
	}
	if len(batch) == 0 {
		return nil
	}
	return im.publish(ctx, tx, im.actor, im.account, batch...)
}
