package registry

import (
	"context"

	"vivarium/app/model"
	"vivarium/app/store"
)

// FileName names one file of a channel.
type FileName struct{ Package, Version, Basename string }

// Selection says which files of a channel a change is about: those of Files, or
// else one file, a release, a package or, when all names are empty, the whole
// channel. With a Label it is those of them that carry it.
type Selection struct {
	FileName
	Files []FileName
	Label string
}

// maxSelected bounds the files that one request may name one by one.
const maxSelected = 20_000

// choose returns the files that a selection means, if actor may do want to all of
// them: their names and labels, see store.FileNames.
func (r *Registry) choose(ctx context.Context, tx *store.Store, actor model.Actor, owner string, sel Selection, want model.Permission) (model.Account, []model.File, error) {
	if len(sel.Files) > maxSelected {
		return model.Account{}, nil, model.Errorf(model.Invalid, "Name at most %d files at once.", maxSelected)
	}
	a, err := r.account(ctx, tx, actor, owner)
	if err != nil {
		return a, nil, err
	}
	sel.Label = model.FoldName(sel.Label)
	if sel.Files != nil {
		files, err := r.chooseNamed(ctx, tx, actor, a, sel, want)
		return a, files, err
	}
	if sel.Package != "" {
		files, err := r.chooseOf(ctx, tx, actor, a, sel, want)
		return a, files, err
	}
	if err := r.requireAccount(ctx, tx, actor, a, want); err != nil {
		return a, nil, err
	}
	files, err := tx.FileNames(ctx, a.ID, store.FileFilter{Label: sel.Label})
	return a, files, err
}

// chooseOf chooses all files of a package, of a release, or one.
func (r *Registry) chooseOf(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, sel Selection, want model.Permission) ([]model.File, error) {
	d, err := r.findPackage(ctx, tx, actor, a.Login, sel.Package, want)
	if err != nil {
		return nil, err
	}
	all, err := tx.FileNames(ctx, a.ID, store.FileFilter{PackageID: d.ID, Label: sel.Label})
	if err != nil {
		return nil, err
	}
	var files []model.File
	for _, f := range all {
		if sel.FileName.means(d.Package, f) {
			files = append(files, f)
		}
	}
	if len(files) == 0 {
		return nil, noSuchFiles(a, sel)
	}
	return files, nil
}

// chooseNamed chooses files one by one; each must be there. A package is looked
// up once for all of its files.
func (r *Registry) chooseNamed(ctx context.Context, tx *store.Store, actor model.Actor, a model.Account, sel Selection, want model.Permission) ([]model.File, error) {
	type key struct{ version, basename string }
	var files []model.File
	packages := map[string]map[key]model.File{}
	for _, name := range sel.Files {
		known, ok := packages[name.Package]
		if !ok {
			all, err := r.chooseOf(ctx, tx, actor, a, Selection{FileName: FileName{Package: name.Package}, Label: sel.Label}, want)
			if err != nil {
				return nil, err
			}
			known = map[key]model.File{}
			for _, f := range all {
				known[key{f.Version, f.Basename}] = f
			}
			packages[name.Package] = known
		}
		f, ok := known[key{name.Version, name.Basename}]
		if !ok {
			return nil, noSuchFiles(a, Selection{FileName: name, Label: sel.Label})
		}
		files = append(files, f)
	}
	return files, nil
}

// means reports whether f, of the package p, is among the files that n names.
func (n FileName) means(p model.Package, f model.File) bool {
	return (n.Version == "" || sameVersion(typeOf(p), f.Version, n.Version)) && (n.Basename == "" || n.Basename == f.Basename)
}

func noSuchFiles(a model.Account, sel Selection) error {
	what := a.Login
	for _, name := range []string{sel.Package, sel.Version, sel.Basename} {
		if name != "" {
			what += "/" + shorten(name)
		}
	}
	switch {
	case sel.Label != "":
		return model.Errorf(model.NotFound, "No file of \"%s\" carries the label %s.", what, shorten(sel.Label))
	case sel.Basename != "":
		return model.Errorf(model.NotFound, "File \"%s\" does not exist.", what)
	}
	return model.Errorf(model.NotFound, "There are no files in \"%s\".", what)
}
