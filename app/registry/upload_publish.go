package registry

import (
	"context"
	"errors"
	"slices"

	"vivarium/app/blob"
	"vivarium/app/model"
	"vivarium/app/store"
)

// Publish makes a received file visible. The file is the truth, and what up says
// must agree with it. The same bytes under the same name again are no error (made
// is false) and change nothing but the labels that up names; other bytes are Conflict, unless up says that they
// replace. When it returns, every index shows the file. A refused file leaves
// nothing behind.
func (r *Registry) Publish(ctx context.Context, actor model.Actor, channel string, in *Incoming, up Upload) (f model.File, made bool, err error) {
	account, err := r.checkUpload(ctx, actor, channel, &up)
	if err != nil {
		return f, false, err
	}
	if err := up.compare(in.w.Digest()); err != nil {
		return f, false, err
	}
	if old, err := r.known(ctx, account, in.w.Digest(), up); err != nil || old.ID != 0 {
		return r.repeated(ctx, actor, account, old, up, err)
	}
	h := r.hold()
	defer h.end()
	digest, err := h.commit(in.w)
	if err != nil {
		return f, false, err
	}
	a, old, err := r.publishReceived(ctx, actor, account, h, digest, up)
	if err != nil || old.ID != 0 {
		h.end()
		dropped := r.dropBlobs(context.WithoutCancel(ctx), digest.SHA256, a.file.MetadataSHA256)
		return r.repeated(ctx, actor, account, old, up, firstError(err, dropped))
	}
	r.done(ctx, "file published", actor, "file", a.file.FullName(), "size_bytes", a.file.Size)
	return a.file, true, nil
}

// repeated ends an upload of a file that is there already: it gets the labels that
// the upload names, and with Replace those alone.
func (r *Registry) repeated(ctx context.Context, actor model.Actor, account model.Account, old model.File, up Upload, err error) (model.File, bool, error) {
	if err != nil || len(up.Labels) == 0 {
		return old, false, err
	}
	change := LabelChange{Only: up.Replace}
	for _, name := range up.Labels {
		label, err := model.ParseLabel(name)
		if err != nil {
			return old, false, err
		}
		if up.Replace || !slices.Contains(old.Labels, label) {
			change.Add = append(change.Add, label)
		}
	}
	if len(change.Add) == 0 {
		return old, false, nil
	}
	sel := Selection{FileName: FileName{Package: old.Package, Version: old.Version, Basename: old.Basename}}
	changed, err := r.ChangeLabels(ctx, actor, account.Login, sel, change)
	if len(changed) == 1 {
		old.Labels = changed[0].Labels
	}
	return old, false, err
}

// known returns the file that has the name and the bytes already, so that neither
// is stored again. One whose bytes are lost is not known: these heal it.
func (r *Registry) known(ctx context.Context, account model.Account, digest blob.Digest, up Upload) (model.File, error) {
	basename := up.basename()
	if basename == "" || kindOf(up.Type).find == nil {
		return model.File{}, nil
	}
	old, err := r.sameFile(ctx, r.Store, account, model.File{Basename: basename, SHA256: digest.SHA256}, up)
	if err != nil || old.SHA256 != digest.SHA256 {
		return model.File{}, err
	}
	have, err := r.Blobs.Has(old.SHA256)
	if !have {
		old = model.File{}
	}
	return old, err
}

// publishReceived reads stored bytes and publishes them, or returns the file that
// is there already with the same.
func (r *Registry) publishReceived(ctx context.Context, actor model.Actor, account model.Account, h *hold, digest blob.Digest, up Upload) (a archive, old model.File, err error) {
	if a, err = r.readArchive(up.Type, up.FileName, digest); err != nil {
		return a, old, err
	}
	if err := up.agrees(a); err != nil {
		return a, old, err
	}
	if up.Summary != "" {
		a.about.Summary = &up.Summary
	}
	if a.file.Subdir != "" {
		if err := r.checkSubdir(a.file.Subdir); err != nil {
			return a, old, err
		}
	}
	if err := r.keepMetadata(h, &a); err != nil {
		return a, old, err
	}
	err = r.Store.InPublishTx(ctx, "", func(tx *store.Store) error {
		old, err = r.place(ctx, tx, actor, account, &a, up)
		return err
	})
	return a, old, err
}

// place publishes a file in a transaction: into the package and the release that
// it names, made if they are missing. It returns the file that is there already
// with the same bytes, having changed nothing.
func (r *Registry) place(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account, a *archive, up Upload) (old model.File, err error) {
	// Whether a name is taken is for those alone who may write there.
	name := up.packageOf(*a)
	d, err := r.requireTarget(ctx, tx, actor, account, up.Type, name)
	if err != nil {
		return old, err
	}
	version := a.version
	if kindOf(up.Type).find == nil {
		version, old, err = r.dated(ctx, tx, d, a, up)
	} else {
		old, err = r.sameFile(ctx, tx, account, a.file, up)
	}
	if err != nil || old.ID != 0 && old.SHA256 == a.file.SHA256 {
		return old, err
	}
	if !up.Unlabelled {
		if a.file.Labels, err = r.uploadLabels(ctx, tx, account, up.Labels, old); err != nil {
			return model.File{}, err
		}
	}
	if old.ID != 0 {
		if err := r.removeReplaced(ctx, tx, actor, account, old, a.file); err != nil {
			return model.File{}, err
		}
	}
	if a.pkg = &d.Package; d.ID == 0 {
		if a.pkg, err = r.newPackage(account, name, PackageChange{}); err != nil {
			return model.File{}, err
		}
	}
	a.file.Version = version
	return model.File{}, r.publish(ctx, tx, actor, account, a)
}

// sameFile returns the file that has the name of f already, or the zero one. It
// is Conflict when that has other bytes and may not be replaced.
func (r *Registry) sameFile(ctx context.Context, tx *store.Store, account model.Account, f model.File, up Upload) (model.File, error) {
	old, err := kindOf(up.Type).find(tx, ctx, account.ID, f.Basename)
	switch {
	case err == nil && (old.SHA256 == f.SHA256 || up.Replace && !up.once):
		return old, nil
	case err == nil && up.Type == model.PyPI:
		return model.File{}, taken("File already exists: %s (sha256 %s); use a new version or build number", f.Basename, old.SHA256)
	case err == nil:
		return model.File{}, taken("%s already exists with other bytes (sha256 %s). Give it another version or build number, or remove it first.", f.Basename, old.SHA256)
	case model.CodeOf(err) != model.NotFound:
		return model.File{}, err
	case !up.once:
		return model.File{}, nil
	}
	retired, err := tx.FileRetired(ctx, account.ID, f.Basename)
	if err == nil && retired {
		return model.File{}, model.Errorf(model.Conflict, "The file name %s belonged to a file that was deleted; use a new version", f.Basename)
	}
	return model.File{}, err
}

// ErrTaken is in the tree of a Conflict over a name that has other bytes.
var ErrTaken = errors.New("the name is taken")

func taken(format string, args ...any) error {
	err := model.Errorf(model.Conflict, format, args...)
	err.Err = ErrTaken
	return err
}

// OtherBytes is the Conflict of a file that comes from elsewhere and whose name has
// the bytes of that SHA-256 (hex) here.
func OtherBytes(sha256 string) error {
	return taken("The channel already has it with other bytes (sha256 %s). Give it another version or build number, or remove the channel's file first.", sha256)
}

// uploadLabels returns the labels to put on a file: those wanted, else those of
// the file that it replaces, else main.
func (r *Registry) uploadLabels(ctx context.Context, tx *store.Store, account model.Account, wanted []string, old model.File) ([]string, error) {
	if len(wanted) == 0 {
		wanted = old.Labels
	}
	var st model.Stage
	err := r.stageLabels(ctx, tx, account, wanted, &st)
	return st.Labels, err
}

// removeReplaced takes a file away whose name gets other bytes.
func (r *Registry) removeReplaced(ctx context.Context, tx *store.Store, actor model.Actor, account model.Account, old, by model.File) error {
	if err := r.mayRemove(ctx, tx, account, []model.File{old}); err != nil {
		return err
	}
	if err := r.retire(ctx, tx, []model.File{old}); err != nil {
		return err
	}
	if err := tx.DeleteFile(ctx, old.ID); err != nil {
		return err
	}
	if err := r.indexFiles(ctx, tx, account.ID, old); err != nil {
		return err
	}
	return r.audit(ctx, tx, actor, account.Login, "file.replace", old.FullName(), "sha256 "+old.SHA256+" by "+by.SHA256)
}
