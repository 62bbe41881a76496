package registry

import (
	"context"
	"time"

	"vivarium/app/format/conda"
	"vivarium/app/model"
	"vivarium/app/store"
)

// PatchFile serves a conda file's record with some of its members changed, in
// every index; what the archive says is kept. A patch takes the place of an older
// one. What may not be patched is Invalid, a file under a locked label Conflict.
func (r *Registry) PatchFile(ctx context.Context, actor model.Actor, owner string, name FileName, patch []byte, reason string) (model.File, error) {
	reason, err := parseReason(reason)
	if err != nil {
		return model.File{}, err
	}
	canonical, err := conda.CheckPatch(patch)
	if err != nil {
		return model.File{}, err
	}
	return r.changePatch(ctx, actor, owner, name, "file.patch", reason, func(f *model.File) error {
		if f.OriginalRecord == nil {
			f.OriginalRecord = f.Record
		}
		f.Patch, f.PatchAuthor, f.PatchReason, f.PatchedAt = canonical, actor.Name(), reason, r.Clock.Now()
		f.Record, err = conda.Patched(f.OriginalRecord, f.Patch)
		return err
	})
}

// UnpatchFile serves a file's record as the archive has it again. It is NotFound
// when there is no patch.
func (r *Registry) UnpatchFile(ctx context.Context, actor model.Actor, owner string, name FileName) (model.File, error) {
	return r.changePatch(ctx, actor, owner, name, "file.unpatch", "", func(f *model.File) error {
		if f.Patch == nil {
			return model.Errorf(model.NotFound, "%s has no patch.", f.FullName())
		}
		f.Record, f.OriginalRecord, f.Patch = f.OriginalRecord, nil, nil
		f.PatchAuthor, f.PatchReason, f.PatchedAt = "", "", time.Time{}
		return nil
	})
}

func (r *Registry) changePatch(ctx context.Context, actor model.Actor, owner string, name FileName, action, reason string, change func(*model.File) error) (model.File, error) {
	var f model.File
	err := r.Store.InTx(ctx, func(tx *store.Store) error {
		var d PackageDetail
		var err error
		if f, d, err = r.findFile(ctx, tx, actor, owner, name.Package, name.Version, name.Basename, model.Write); err != nil {
			return err
		}
		if f.Type != model.Conda {
			return model.Errorf(model.Invalid, "Only the records of conda files can be patched.")
		}
		if err := mayChangeLabels(ctx, tx, d.Account, []model.File{f}); err != nil {
			return err
		}
		if err := change(&f); err != nil {
			return err
		}
		if err := tx.UpdateFile(ctx, &f, "record", "original_record", "patch", "patch_author", "patch_reason", "patched_at"); err != nil {
			return err
		}
		if err := r.filesChanged(ctx, tx, f.AccountID, f); err != nil {
			return err
		}
		detail := string(f.Patch)
		if reason != "" {
			detail = reason + " " + detail
		}
		return r.audit(ctx, tx, actor, d.Owner, action, f.FullName(), detail)
	})
	if err != nil {
		return model.File{}, err
	}
	r.done(ctx, "patch changed", actor, "action", action, "file", f.FullName())
	return f, nil
}
