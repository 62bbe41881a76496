package registry

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"vivarium/app/model"
	"vivarium/app/store"
)

// OpenedFile is a file's row with its bytes, which the caller closes.
type OpenedFile struct {
	model.File
	Bytes *os.File
	// TokenInPath is for whoever finds a token in the address to say, so that no
	// shared cache keeps the bytes.
	TokenInPath bool
}

// File returns one file of a release, or NotFound in the same words whether the
// package, the release or the file is absent or hidden.
func (r *Registry) File(ctx context.Context, actor model.Actor, owner, name, version, basename string) (model.File, error) {
	f, _, err := r.findFile(ctx, r.Store, actor, owner, name, version, basename, model.Read)
	return f, err
}

func (r *Registry) findFile(ctx context.Context, tx *store.Store, actor model.Actor, owner, name, version, basename string, want model.Permission) (model.File, PackageDetail, error) {
	absent := model.Errorf(model.NotFound, "File \"%s/%s/%s/%s\" does not exist.", model.FoldLogin(owner), shorten(name), shorten(version), shorten(basename))
	d, err := r.findPackage(ctx, tx, actor, owner, name, want)
	if model.CodeOf(err) == model.NotFound {
		return model.File{}, d, absent
	}
	if err != nil {
		return model.File{}, d, err
	}
	rel, err := r.findRelease(ctx, tx, d.Package, typeOf(d.Package), version)
	if err == nil {
		var f model.File
		if f, err = fileOf(ctx, tx, rel.ID, basename); err == nil {
			return f, d, nil
		}
	}
	if model.CodeOf(err) == model.NotFound {
		err = absent
	}
	return model.File{}, d, err
}

// fileOf returns a file of a release by its basename, or by its number after "-/",
// which no basename begins with.
func fileOf(ctx context.Context, tx *store.Store, releaseID int64, basename string) (model.File, error) {
	number, ok := strings.CutPrefix(basename, "-/")
	if !ok {
		return tx.File(ctx, releaseID, basename)
	}
	absent := model.Errorf(model.NotFound, "File %s does not exist.", shorten(number))
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return model.File{}, absent
	}
	f, err := tx.FileByID(ctx, id)
	if err == nil && f.ReleaseID != releaseID {
		err = absent
	}
	return f, err
}

// typeOf is the type by whose rules a package's versions are compared.
func typeOf(p model.Package) model.PackageType {
	if p.HasType(model.PyPI) {
		return model.PyPI
	}
	return model.Conda
}

// OpenFile opens a file of a release for a download.
func (r *Registry) OpenFile(ctx context.Context, actor model.Actor, owner, name, version, basename string) (OpenedFile, error) {
	f, d, err := r.findFile(ctx, r.Store, actor, owner, name, version, basename, model.Read)
	if err != nil {
		return OpenedFile{}, err
	}
	return r.openFile(f, d)
}

func (r *Registry) openFile(f model.File, d PackageDetail) (OpenedFile, error) {
	if err := givenOut(f, d); err != nil {
		return OpenedFile{}, err
	}
	bytes, err := r.Blobs.Open(f.SHA256)
	if err != nil {
		return OpenedFile{}, unopened(f, err)
	}
	r.usage.downloaded(f.ID)
	return OpenedFile{File: f, Bytes: bytes}, nil
}

// unopened is the error of a file whose bytes cannot be opened. Who is told may see the
// file.
func unopened(f model.File, err error) error {
	cause := fmt.Errorf("open %s with the digest %s: %w", f.FullName(), f.SHA256, err)
	if model.CodeOf(err) == model.NotFound {
		return &model.Error{Code: model.Missing, Message: fmt.Sprintf("The bytes of %s are missing. Upload the file again, or restore it from a backup.", f.Basename), Err: cause}
	}
	return &model.Error{Code: model.Internal, Message: "open a file", Err: cause}
}

// retire keeps the names of Python files that go from other bytes on PyPI, where
// a name means the same bytes for ever.
func (r *Registry) retire(ctx context.Context, tx *store.Store, files []model.File) error {
	return tx.RetireFiles(ctx, pythonFiles(files), r.Clock.Now())
}

// pythonFiles are those of files that Python installers fetch.
func pythonFiles(files []model.File) []model.File {
	return slices.DeleteFunc(slices.Clone(files), func(f model.File) bool { return f.Type != model.PyPI })
}

// mayRemove fails with Conflict when one of files carries a locked label, or the
// channel keeps its files for ever.
func (r *Registry) mayRemove(ctx context.Context, tx *store.Store, a model.Account, files []model.File) error {
	if a.Immutable && len(files) > 0 {
		return model.Errorf(model.Conflict, "Files of %s never change: its owner has made the channel immutable.", a.Login)
	}
	return mayChangeLabels(ctx, tx, a, files)
}

// mayChangeLabels fails with Conflict when one of files carries a locked label.
func mayChangeLabels(ctx context.Context, tx *store.Store, a model.Account, files []model.File) error {
	seen := map[string]bool{}
	for _, f := range files {
		for _, name := range f.Labels {
			if seen[name] {
				continue
			}
			seen[name] = true
			if err := mayChangeLabel(ctx, tx, a, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// mayChangeLabel fails with Conflict when the label is locked.
func mayChangeLabel(ctx context.Context, tx *store.Store, a model.Account, name string) error {
	l, err := tx.Label(ctx, a.ID, name)
	if model.CodeOf(err) == model.NotFound {
		return nil
	}
	return firstError(err, unlocked(a, l))
}

func unlocked(a model.Account, l model.Label) error {
	if l.Locked {
		return model.Errorf(model.Conflict, "Label %s of %s is locked. Unlock it first.", l.Name, a.Login)
	}
	return nil
}
