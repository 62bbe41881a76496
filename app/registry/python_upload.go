package registry

import (
	"context"
	"encoding/hex"
	"io"
	"strings"

	"vivarium/app/blob"
	"vivarium/app/format/pypi"
	"vivarium/app/model"
	"vivarium/app/store"
)

// Incoming is an upload in one request, whose bytes arrive before all is known
// of it. Close it in every case.
type Incoming struct {
	r *Registry
	w *blob.Writer
}

// Receive opens an upload to a channel if actor may write to anything there;
// nothing of the body has to be read before. To what, only the body says.
func (r *Registry) Receive(ctx context.Context, actor model.Actor, channel string) (*Incoming, error) {
	a, err := r.account(ctx, r.Store, actor, channel)
	if err != nil {
		return nil, err
	}
	if err := r.requireSomeWrite(ctx, r.Store, actor, a); err != nil {
		return nil, err
	}
	w, err := r.Blobs.Create()
	return &Incoming{r, w}, err
}

// ReadFrom takes the file's bytes, up to the site's limit.
func (in *Incoming) ReadFrom(body io.Reader) (int64, error) { return in.r.fill(in.w, body) }

// Close drops the bytes unless they were published.
func (in *Incoming) Close() error { return in.w.Abort() }

// PythonUpload is what the form of a PyPI upload says of its file.
type PythonUpload struct {
	FileName string
	// What is empty was not said; the digests are hex.
	FileType, Name, Version, SHA256, MD5 string
	Labels                               []string
}

// PublishPython makes a received wheel or sdist visible in the channel's simple
// index. The file is the truth; what the form says of type, name, version and
// digests must agree with it. The same bytes under the same name again are no
// error (made is false); other bytes, and a name that was deleted, are Invalid:
// clients would take a Conflict for success.
func (r *Registry) PublishPython(ctx context.Context, actor model.Actor, channel string, in *Incoming, up PythonUpload) (f model.File, made bool, err error) {
	a, err := r.account(ctx, r.Store, actor, channel)
	if err != nil {
		return f, false, err
	}
	name, err := up.check(in.w.Digest())
	if err != nil {
		return f, false, err
	}
	// Whether a name is taken is for those alone who may write there.
	if _, err := r.requireProject(ctx, r.Store, actor, a, name.Name); err != nil {
		return f, false, err
	}
	old, err := r.pythonNameFree(ctx, a, up.FileName, in.w.Digest().SHA256)
	if err != nil || old.ID != 0 {
		return old, false, err
	}
	h := r.hold()
	defer h.end()
	digest, err := h.commit(in.w)
	if err != nil {
		return f, false, err
	}
	f, err = r.publishPython(ctx, actor, a, h, digest, up)
	if err != nil {
		h.end()
		dropped := r.dropBlobs(context.WithoutCancel(ctx), digest.SHA256, f.MetadataSHA256)
		old, err = r.cameSecond(ctx, a, up.FileName, digest.SHA256, err)
		return old, false, firstError(err, dropped)
	}
	r.done(ctx, "file published", actor, "file", f.FullName(), "size_bytes", f.Size)
	return f, true, nil
}

// cameSecond returns the file that another upload made under the name while this
// one, refused with err, was being read: the same bytes are no error then either.
func (r *Registry) cameSecond(ctx context.Context, a model.Account, fileName, sha256 string, err error) (model.File, error) {
	if model.CodeOf(err) != model.Conflict {
		return model.File{}, err
	}
	old, taken := r.pythonNameFree(ctx, a, fileName, sha256)
	if taken != nil || old.ID != 0 {
		return old, taken
	}
	return old, &model.Error{Code: model.Invalid, Message: model.MessageOf(err), Err: err}
}

// check compares the form with the bytes, and returns what the file's name says.
func (up PythonUpload) check(got blob.Digest) (pypi.FileName, error) {
	name, err := pypi.ParseFileName(up.FileName)
	if err != nil {
		return name, err
	}
	if up.FileType != "" && up.FileType != string(name.Type) {
		return name, model.Errorf(model.Invalid, "The form says the file is of type %s, but the name of %s is that of type %s.", shorten(up.FileType), up.FileName, name.Type)
	}
	if got.Size == 0 {
		return name, model.Errorf(model.Invalid, "The file %s is empty.", up.FileName)
	}
	sum, err := hex.DecodeString(up.MD5)
	if err != nil {
		return name, model.Errorf(model.Invalid, "md5_digest must be hexadecimal.")
	}
	if len(sum) == 0 {
		sum = nil
	}
	return name, compare(got, strings.ToLower(up.SHA256), sum, -1)
}

// pythonNameFree fails with Invalid when the name has or had other bytes, and
// returns the file that has it with the same.
func (r *Registry) pythonNameFree(ctx context.Context, a model.Account, fileName, sha256 string) (model.File, error) {
	old, err := r.Store.PythonFile(ctx, a.ID, fileName)
	switch {
	case err == nil && old.SHA256 == sha256:
		return old, nil
	case err == nil:
		return model.File{}, model.Errorf(model.Invalid, "File already exists: %s (sha256 %s); use a new version or build number", fileName, old.SHA256)
	case model.CodeOf(err) != model.NotFound:
		return model.File{}, err
	}
	retired, err := r.Store.FileRetired(ctx, a.ID, fileName)
	if err == nil && retired {
		return model.File{}, model.Errorf(model.Invalid, "The file name %s belonged to a file that was deleted; use a new version", fileName)
	}
	return model.File{}, err
}

func (r *Registry) publishPython(ctx context.Context, actor model.Actor, account model.Account, h *hold, digest blob.Digest, up PythonUpload) (model.File, error) {
	a, err := r.readArchive(model.PyPI, up.FileName, digest)
	if err != nil {
		return model.File{}, err
	}
	if up.Name != "" && !sameName(model.PyPI, up.Name, a.name) {
		return model.File{}, model.Errorf(model.Invalid, "The form says the project is %s, the file says %s.", shorten(up.Name), a.name)
	}
	if up.Version != "" && !sameVersion(model.PyPI, up.Version, a.version) {
		return model.File{}, model.Errorf(model.Invalid, "The form says the version is %s, the file says %s.", shorten(up.Version), a.version)
	}
	if err := r.keepMetadata(h, &a); err != nil {
		return model.File{}, err
	}
	var changes []model.IndexChange
	err = r.Store.InTx(ctx, func(tx *store.Store) error {
		var st model.Stage
		if err := r.stageLabels(ctx, tx, account, up.Labels, &st); err != nil {
			return err
		}
		a.file.Labels = st.Labels
		d, err := r.pythonPackage(ctx, tx, actor, account, a.name)
		if err != nil {
			return err
		}
		rel, err := r.findRelease(ctx, tx, d.Package, model.PyPI, a.version)
		if model.CodeOf(err) == model.NotFound {
			rel, err = r.insertRelease(ctx, tx, actor, d.Package, a.version, ReleaseChange{})
		}
		if err != nil {
			return err
		}
		a.file.ReleaseID, a.file.Version = rel.ID, rel.Version
		changes, err = r.publish(ctx, tx, actor, d, &a)
		return err
	})
	if err == nil {
		r.Index.Apply(account.ID, changes)
	}
	return a.file, err
}

// pythonPackage returns the project to publish to, made if it is missing.
func (r *Registry) pythonPackage(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, name string) (PackageDetail, error) {
	d, err := r.requireProject(ctx, tx, actor, a, name)
	if err != nil || d.ID != 0 {
		return d, err
	}
	p, err := r.insertPackage(ctx, tx, actor, a, name, PackageChange{Types: []model.PackageType{model.PyPI}})
	return PackageDetail{Package: p, Account: a, Permission: model.Admin}, err
}
