package registry

import (
	"context"
	"errors"
	"path"
	"slices"

	"vivarium/app/blob"
	"vivarium/app/format/pypi"
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
	h := r.hold()
	defer h.end()
	a, err := r.readStored(h, st, name, version)
	if err != nil {
		return model.File{}, r.refuse(ctx, h, st, a, err)
	}
	a.file.Description, a.file.Dependencies = st.Description, st.Dependencies
	if a.file.Attrs, err = joinObjects(st.Attrs, a.attrs); err != nil {
		return model.File{}, r.refuse(ctx, h, st, a, err)
	}
	a.file.Labels = slices.Clone(st.Labels)
	if err := r.commit(ctx, actor, owner, name, &a, st); err != nil {
		return model.File{}, r.refuse(ctx, h, st, a, err)
	}
	r.done(ctx, "file published", actor, "file", a.file.FullName(), "size_bytes", a.file.Size)
	return a.file, nil
}

// refuse forgets the stage of a file that cannot be right or came second, and
// returns err.
func (r *Registry) refuse(ctx context.Context, h *hold, st model.Stage, a archive, err error) error {
	if code := model.CodeOf(err); code != model.Invalid && code != model.Conflict {
		return err
	}
	return firstError(r.discard(context.WithoutCancel(ctx), h, st, st.StoredSHA256, a.file.MetadataSHA256), err)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// ownStage returns the stage that actor announced under exactly these names, not
// too long ago.
func (r *Registry) ownStage(ctx context.Context, actor model.Actor, owner, name, version, basename, distID string) (model.Stage, error) {
	d, err := r.findPackage(ctx, r.Store, actor, owner, name, model.Write)
	if err != nil {
		return model.Stage{}, err
	}
	st, err := r.Store.Stage(ctx, distID)
	if err != nil && model.CodeOf(err) != model.NotFound {
		return st, err
	}
	rel, relErr := r.findRelease(ctx, r.Store, d.Package, st.Type, version)
	late := r.Clock.Since(st.CreatedAt) > StageLifetime
	if err != nil || relErr != nil || late || st.PackageID != d.ID || st.ReleaseID != rel.ID || st.Basename != basename || st.StagedBy != actor.AccountID {
		return st, model.Errorf(model.NotFound, "No upload of %s is under way under that dist_id. Start it again.", shorten(basename))
	}
	if st.StoredSHA256 == "" {
		return st, model.Errorf(model.Invalid, "The bytes of %s have not been sent yet.", basename)
	}
	return st, nil
}

// readStored reads the archive, compares it with what was announced and keeps
// its metadata.
func (r *Registry) readStored(h *hold, st model.Stage, name, version string) (archive, error) {
	a, err := r.readArchive(st.Type, path.Base(st.Basename), blob.Digest{SHA256: st.StoredSHA256, MD5: st.StoredMD5, Size: st.StoredSize})
	if err != nil {
		return a, err
	}
	switch {
	case st.Type == model.Conda && a.file.Subdir != path.Dir(st.Basename):
		return a, otherSubdir(a.file.Subdir, path.Dir(st.Basename))
	case a.name != "" && !sameName(st.Type, a.name, name), a.version != "" && !sameVersion(st.Type, a.version, version):
		return a, model.Errorf(model.Invalid, "The archive holds %s %s, but was announced as %s %s.", shorten(a.name), shorten(a.version), name, version)
	}
	if a.version == "" {
		a.file.Version = version
	}
	return a, r.keepMetadata(h, &a)
}

// keepMetadata stores the metadata that is served beside the file.
func (r *Registry) keepMetadata(h *hold, a *archive) error {
	if a.metadata == nil {
		return nil
	}
	w, err := r.writeMetadata(a)
	if err != nil {
		return err
	}
	defer w.Abort()
	_, err = h.commit(w)
	return err
}

// writeMetadata begins the bytes of the metadata; the caller ends them.
func (r *Registry) writeMetadata(a *archive) (*blob.Writer, error) {
	w, err := r.Blobs.Create()
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(a.metadata); err != nil {
		return nil, errors.Join(err, w.Abort())
	}
	a.file.MetadataSHA256 = w.Digest().SHA256
	return w, nil
}

// sameName compares package names as their kind of package does.
func sameName(t model.PackageType, a, b string) bool {
	if t == model.PyPI {
		return model.NormalizePyPI(a) == model.NormalizePyPI(b)
	}
	return model.FoldName(a) == model.FoldName(b)
}

// sameVersion compares versions as their kind of package does: 1.0 and 1.0.0 are
// one Python version.
func sameVersion(t model.PackageType, a, b string) bool {
	return a == b || t == model.PyPI && pypi.CompareVersions(a, b) == 0
}

// findRelease returns the release of p that holds a version for files of type t.
func (r *Registry) findRelease(ctx context.Context, tx *store.Store, p model.Package, t model.PackageType, version string) (model.Release, error) {
	rel, err := tx.Release(ctx, p.ID, version)
	if t != model.PyPI || model.CodeOf(err) != model.NotFound {
		return rel, err
	}
	all, listErr := tx.Releases(ctx, p.ID)
	if listErr != nil {
		return rel, listErr
	}
	for _, other := range all {
		if sameVersion(t, other.Version, version) {
			return other, nil
		}
	}
	return rel, err
}

// commit publishes a staged file in one transaction.
func (r *Registry) commit(ctx context.Context, actor model.Actor, owner, name string, a *archive, st model.Stage) error {
	return r.Store.InPublishTx(ctx, st.DistID, func(tx *store.Store) error {
		d, err := r.findPackage(ctx, tx, actor, owner, name, model.Write)
		if err != nil {
			return err
		}
		a.file.ReleaseID, a.pkg = st.ReleaseID, &d.Package
		if err := r.publish(ctx, tx, actor, d.Account, a); err != nil {
			return err
		}
		return tx.DeleteStage(ctx, st.DistID)
	})
}
