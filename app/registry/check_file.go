package registry

import (
	"bytes"
	"context"
	"fmt"

	"vivarium/app/blob"
	"vivarium/app/format/conda"
	"vivarium/app/model"
	"vivarium/app/store"
)

// files compares every row with its bytes.
func (c *checker) files(ctx context.Context) error {
	total, err := c.Store.CountAllFiles(ctx, 0)
	if err != nil {
		return err
	}
	return eachFile(ctx, c.Registry, 0, c.file, func(_ model.File, found []finding) error {
		c.sums.Files++
		c.Looked(total)
		return c.tell(ctx, found...)
	})
}

func (c *checker) file(f model.File) []finding {
	found := c.bytes(f.FullName(), f.SHA256, f.Size)
	if f.MetadataSHA256 != "" {
		found = append(found, c.bytes(f.FullName()+".metadata", f.MetadataSHA256, -1)...)
	}
	if !c.Deep || len(found) > 0 {
		return found
	}
	right, changed, err := c.reread(f)
	switch {
	case err != nil:
		found = append(found, finding{Flaw: Flaw{Name: f.FullName(), Problem: "Its archive cannot be read: " + model.MessageOf(err)}})
	case changed:
		found = append(found, finding{
			Flaw:   Flaw{Name: f.FullName(), Problem: "Its record in the database is not that of its archive."},
			repair: func(ctx context.Context) error { return c.writeRecord(ctx, c.actor, right) },
		})
	}
	return found
}

// bytes looks at a blob; size is -1 when nobody knows it. One that is damaged is set
// aside, which does not put it right, but lets the same upload do so.
func (c *checker) bytes(name, sha256 string, size int64) []finding {
	flaw := func(format string, args ...any) []finding {
		return []finding{{Flaw: Flaw{Name: name, Problem: fmt.Sprintf(format, args...)}}}
	}
	const cure = "Upload the file again, or restore it from a backup."
	have, err := c.Blobs.Size(sha256)
	if model.CodeOf(err) == model.NotFound {
		return flaw("Its bytes are missing. %s", cure)
	}
	if err != nil {
		return flaw("Its bytes cannot be looked at: %v", err)
	}
	got := blob.Digest{SHA256: sha256, Size: have}
	if c.Deep {
		if got, err = c.Blobs.Measure(sha256); err != nil {
			return flaw("Its bytes cannot be read: %v", err)
		}
	}
	switch {
	case got.SHA256 == sha256 && (size < 0 || got.Size == size):
		return nil
	case !c.Repair:
		return flaw("Its bytes are damaged: %d with the digest %s. --repair sets them aside.", got.Size, got.SHA256)
	}
	if err := c.Blobs.SetAside(sha256); err != nil {
		return flaw("Its bytes are damaged, and cannot be set aside: %v", err)
	}
	return flaw("Its bytes are damaged and were set aside. %s", cure)
}

// reread returns the file as its archive describes it now, and whether that differs
// from the row. What kinds of files have no record are as they are.
func (r *Registry) reread(f model.File) (right model.File, changed bool, err error) {
	right = f
	if kindOf(f.Type).named == nil {
		return right, false, nil
	}
	digest, err := r.Blobs.Measure(f.SHA256)
	if err != nil {
		return right, false, err
	}
	a, err := r.readArchive(f.Type, f.FileName(), digest)
	if err != nil {
		return right, false, err
	}
	right.MD5, right.Size, right.RunExports, right.RequiresPython = digest.MD5, digest.Size, a.file.RunExports, a.file.RequiresPython
	right.Record, right.OriginalRecord = a.file.Record, nil
	if f.Patch != nil {
		right.OriginalRecord = a.file.Record
	}
	if err := markIndexed(&right, f.IndexedAt); err != nil {
		return right, false, err
	}
	if f.Patch != nil {
		if right.Record, err = conda.Patched(right.OriginalRecord, f.Patch); err != nil {
			return right, false, err
		}
	}
	same := right.MD5 == f.MD5 && right.Size == f.Size && right.RequiresPython == f.RequiresPython && bytes.Equal(right.RunExports, f.RunExports) &&
		bytes.Equal(right.Record, f.Record) && bytes.Equal(right.OriginalRecord, f.OriginalRecord)
	return right, !same, nil
}

// writeRecord writes what reread returned, and tells the change log.
func (r *Registry) writeRecord(ctx context.Context, actor model.Actor, f model.File) error {
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if err := tx.UpdateFile(ctx, &f, "md5", "size", "run_exports", "requires_python", "record", "original_record"); err != nil {
			return err
		}
		if err := r.audit(ctx, tx, actor, f.Owner, "file.reread", f.FullName(), ""); err != nil {
			return err
		}
		return r.filesChanged(ctx, tx, f.AccountID, f)
	})
	if model.CodeOf(err) == model.NotFound { // removed in between
		return nil
	}
	return err
}
