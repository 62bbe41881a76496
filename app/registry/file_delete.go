package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// DeleteFile removes a file from its release and from every index. Its name is
// free again for other bytes.
func (r *Registry) DeleteFile(ctx context.Context, actor model.Actor, owner, name, version, basename string) (model.File, error) {
	var f model.File
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		var d PackageDetail
		if f, d, err = r.findFile(ctx, tx, actor, owner, name, version, basename, model.Write); err != nil {
			return err
		}
		return r.deleteFiles(ctx, tx, actor, d.Account, []model.File{f})
	})
	if err != nil {
		return model.File{}, err
	}
	r.done(ctx, "file deleted", actor, "file", f.FullName())
	return f, nil
}

// DeleteFiles is DeleteFile for all chosen files, all or none. It returns how many
// there were.
func (r *Registry) DeleteFiles(ctx context.Context, actor model.Actor, owner string, sel Selection) (int, error) {
	var a model.Account
	var files []model.File
	err := r.Store.InTx(ctx, func(tx *store.Store) (err error) {
		if a, files, err = r.choose(ctx, tx, actor, owner, sel, model.Write); err != nil {
			return err
		}
		return r.deleteFiles(ctx, tx, actor, a, files)
	})
	if err != nil {
		return 0, err
	}
	r.done(ctx, "files deleted", actor, "account", a.Login, "files", len(files))
	return len(files), nil
}

// deleteFiles removes files of an account in a transaction.
func (r *Registry) deleteFiles(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, files []model.File) error {
	if err := r.mayRemove(ctx, tx, a, files); err != nil {
		return err
	}
	if err := r.retire(ctx, tx, files); err != nil {
		return err
	}
	if err := tx.DeleteFiles(ctx, idsOf(files)); err != nil {
		return err
	}
	lines := make([]model.AuditLine, len(files))
	for i, f := range files {
		lines[i] = r.auditLine(actor, a.Login, "file.delete", f.FullName(), "sha256 "+f.SHA256)
	}
	if err := tx.InsertAudits(ctx, lines); err != nil {
		return err
	}
	return r.filesChanged(ctx, tx, a.ID, files...)
}

func idsOf(files []model.File) []int64 {
	ids := make([]int64, len(files))
	for i, f := range files {
		ids[i] = f.ID
	}
	return ids
}
