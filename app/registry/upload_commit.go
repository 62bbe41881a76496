package registry

import (
	"context"
	"path"
	"slices"

	"vivarium/app/format/conda"
	"vivarium/app/model"
	"vivarium/app/store"
)

// CommitFile makes a staged and stored file visible. The archive is the truth:
// its name, version, build and subdir must be the announced ones. When it
// returns, every index shows the file. A refused file leaves nothing behind.
func (r *Registry) CommitFile(ctx context.Context, actor model.Actor, owner, name, version, basename, distID string) (model.File, error) {
	st, err := r.ownStage(ctx, actor, owner, name, version, basename, distID)
	if err != nil {
		return model.File{}, err
	}
	info, err := r.readStored(st)
	if err != nil {
		if model.CodeOf(err) == model.Invalid {
			if lost := r.discard(context.WithoutCancel(ctx), st, st.StoredSHA256); lost != nil {
				return model.File{}, lost
			}
		}
		return model.File{}, err
	}
	file, err := r.fileOf(st, actor, info)
	if err != nil {
		return model.File{}, err
	}
	changes, err := r.commit(ctx, actor, owner, name, &file, st, info)
	if err != nil {
		if model.CodeOf(err) == model.Conflict {
			return file, firstError(r.discard(context.WithoutCancel(ctx), st, st.StoredSHA256), err)
		}
		return file, err
	}
	r.Index.Apply(file.AccountID, changes)
	r.done(ctx, "file published", actor, "file", file.FullName(), "size_bytes", file.Size)
	return file, nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// ownStage returns the stage that actor announced under exactly these names.
func (r *Registry) ownStage(ctx context.Context, actor model.Actor, owner, name, version, basename, distID string) (model.Stage, error) {
	d, err := r.findPackage(ctx, r.Store, actor, owner, name, model.Write)
	if err != nil {
		return model.Stage{}, err
	}
	st, err := r.Store.Stage(ctx, distID)
	if err != nil && model.CodeOf(err) != model.NotFound {
		return st, err
	}
	rel, relErr := r.Store.Release(ctx, d.ID, version)
	if err != nil || relErr != nil || st.PackageID != d.ID || st.ReleaseID != rel.ID || st.Basename != basename || st.StagedBy != actor.AccountID {
		return st, model.Errorf(model.NotFound, "No upload of %s is under way under that dist_id. Start it again.", shorten(basename))
	}
	if st.StoredSHA256 == "" {
		return st, model.Errorf(model.Invalid, "The bytes of %s have not been sent yet.", basename)
	}
	return st, nil
}

// readStored reads what the archive says of itself and compares it with what was
// announced.
func (r *Registry) readStored(st model.Stage) (*conda.Info, error) {
	f, err := r.Blobs.Open(st.StoredSHA256)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	subdir, fileName := path.Dir(st.Basename), path.Base(st.Basename)
	info, err := conda.ReadInfo(f, st.StoredSize, fileName)
	if err != nil {
		return nil, err
	}
	if info.Subdir != subdir {
		return nil, model.Errorf(model.Invalid, "The archive says its subdir is %q, but it was uploaded to %s.", shorten(info.Subdir), subdir)
	}
	return info, nil
}

// fileOf returns the row of a read archive.
func (r *Registry) fileOf(st model.Stage, actor model.Actor, info *conda.Info) (model.File, error) {
	record, err := info.Record(st.StoredMD5, st.StoredSHA256, st.StoredSize)
	if err != nil {
		return model.File{}, err
	}
	runExports := info.RunExports
	if runExports == nil {
		runExports = []byte("{}") // CEP 12: read, and there are none; absent would mean unknown
	}
	return model.File{
		AccountID: st.AccountID, PackageID: st.PackageID, ReleaseID: st.ReleaseID, Type: st.Type, Basename: st.Basename,
		Subdir: info.Subdir, Build: info.Build, BuildNumber: info.BuildNumber, Size: st.StoredSize, MD5: st.StoredMD5, SHA256: st.StoredSHA256,
		Description: st.Description, Attrs: st.Attrs, Dependencies: st.Dependencies, Record: record, RunExports: runExports,
		Uploader: actor.Name(), UploadedAt: r.Clock.Now(), Version: info.Version, Labels: slices.Clone(st.Labels),
	}, nil
}

// commit inserts the file with its labels and tells the index, in one
// transaction.
func (r *Registry) commit(ctx context.Context, actor model.Actor, owner, name string, f *model.File, st model.Stage, info *conda.Info) (changes []model.IndexChange, err error) {
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		d, err := r.findPackage(ctx, tx, actor, owner, name, model.Write)
		if err != nil {
			return err
		}
		f.Owner, f.Package = d.Owner, d.Name
		if have, err := r.Blobs.Has(f.SHA256); err != nil || !have {
			return firstError(err, model.Errorf(model.Conflict, "The bytes of %s are gone. Upload it again.", f.Basename))
		}
		if err := r.insertFile(ctx, tx, d, f); err != nil {
			return err
		}
		if err := describe(ctx, tx, d.Package, f, info, r); err != nil {
			return err
		}
		if err := tx.DeleteStage(ctx, st.DistID); err != nil {
			return err
		}
		if changes, err = r.indexChange(ctx, tx, f.AccountID, f.Subdir, d.LookupName); err != nil {
			return err
		}
		return r.audit(ctx, tx, actor, d.Owner, "file.publish", f.FullName(), "sha256 "+f.SHA256)
	})
	return changes, err
}

func (r *Registry) insertFile(ctx context.Context, tx *store.Store, d PackageDetail, f *model.File) error {
	err := tx.InsertFile(ctx, f)
	if model.CodeOf(err) == model.Conflict {
		return model.Errorf(model.Conflict, "%s already exists. Somebody uploaded it first.", f.Basename)
	}
	if err != nil {
		return err
	}
	for _, name := range f.Labels {
		if err := mayChangeLabel(ctx, tx, d.Account, name); err != nil {
			return err
		}
		l, err := tx.EnsureLabel(ctx, f.AccountID, name, f.UploadedAt)
		if err != nil {
			return err
		}
		if err := tx.AddFileLabel(ctx, f.ID, l.ID); err != nil {
			return err
		}
	}
	return nil
}

// describe fills what the package does not say yet from the archive, and marks
// it as changed.
func describe(ctx context.Context, tx *store.Store, p model.Package, f *model.File, info *conda.Info, r *Registry) error {
	var c PackageChange
	about := info.About
	for _, v := range []struct {
		have  string
		value *string
		into  **string
	}{
		{p.Summary, &about.Summary, &c.Summary}, {p.Description, &about.Description, &c.Description}, {p.License, &about.License, &c.License},
		{p.LicenseFamily, &about.LicenseFamily, &c.LicenseFamily}, {p.LicenseURL, &about.LicenseURL, &c.LicenseURL}, {p.Home, &about.Home, &c.Home},
		{p.DevURL, &about.DevURL, &c.DevURL}, {p.DocURL, &about.DocURL, &c.DocURL}, {p.SourceURL, &about.SourceURL, &c.SourceURL},
	} {
		if v.have == "" && *v.value != "" && len(*v.value) <= maxText {
			*v.into = v.value
		}
	}
	if c.License == nil && p.License == "" && info.License != "" {
		c.License = &info.License
	}
	c.Types = []model.PackageType{f.Type}
	columns, err := c.apply(&p)
	if err != nil {
		return err
	}
	p.ModifiedAt = r.Clock.Now()
	return tx.UpdatePackage(ctx, &p, columns...)
}
