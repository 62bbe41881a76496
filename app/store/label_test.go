package store

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func TestEnsureLabel(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	_, err := w.Label(ctx, ada.ID, "dev")
	fails(t, err, model.NotFound, `Label "dev" does not exist.`)
	first := get(w.EnsureLabel(ctx, ada.ID, "dev", noon))(t)
	again := get(w.EnsureLabel(ctx, ada.ID, "dev", noon.Add(time.Hour)))(t)
	same(t, "made", first, model.Label{ID: first.ID, AccountID: ada.ID, Name: "dev", CreatedAt: noon})
	same(t, "found", again, first)
	same(t, "by name", get(w.Label(ctx, ada.ID, "dev"))(t), first)
}

func TestFileLabels(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	f := w.conda(w.pkg(ada, "x", model.Public), "1.0", "noarch", "main")
	dev := get(w.EnsureLabel(ctx, ada.ID, "dev", noon))(t)
	check(t, w.AddFileLabel(ctx, f.ID, dev.ID))
	check(t, w.AddFileLabel(ctx, f.ID, dev.ID))
	same(t, "labels", get(w.CondaFile(ctx, ada.ID, f.Basename))(t).Labels, []string{"dev", "main"})
	check(t, w.RemoveFileLabel(ctx, f.ID, dev.ID))
	same(t, "labels", get(w.CondaFile(ctx, ada.ID, f.Basename))(t).Labels, []string{"main"})
	fails(t, w.RemoveFileLabel(ctx, f.ID, dev.ID), model.NotFound, "Label of file 1 does not exist.")
}

func TestLabelsCountWhatCarriesThem(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	x := w.pkg(ada, "x", model.Public)
	first := w.conda(x, "1.0", "noarch", "main", "dev")
	w.conda(x, "2.0", "noarch", "main")
	newest := w.conda(w.pkg(ada, "y", model.Public), "1.0", "noarch", "main")
	w.conda(w.pkg(brook, "x", model.Public), "1.0", "noarch", "main")
	dev, main := get(w.Label(ctx, ada.ID, "dev"))(t), get(w.Label(ctx, ada.ID, "main"))(t)

	list := get(w.Labels(ctx, ada.ID, Sight{}))(t)
	dev.Files, dev.Packages, dev.Newest, dev.NewestPackage, dev.NewestVersion = 1, 1, first.UploadedAt, first.Package, first.Version
	main.Files, main.Packages, main.Newest, main.NewestPackage, main.NewestVersion = 3, 2, newest.UploadedAt, newest.Package, newest.Version
	same(t, "labels", list, []model.Label{dev, main})

	empty := get(w.EnsureLabel(ctx, ada.ID, "beta", noon))(t)
	same(t, "a label without files, to its owner", get(w.Labels(ctx, ada.ID, Sight{Owns: []int64{ada.ID}}))(t), []model.Label{empty, dev, main})
}

func TestLabelFiles(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	z := w.conda(w.pkg(ada, "z", model.Public), "1.0", "noarch", "dev", "main")
	a := w.conda(w.pkg(ada, "a", model.Public), "1.0", "noarch", "main")
	w.conda(w.pkg(brook, "x", model.Public), "1.0", "noarch", "main")
	same(t, "main", get(w.LabelFiles(ctx, ada.ID, "main", Sight{}))(t), []model.File{a, z})
	same(t, "dev", get(w.LabelFiles(ctx, ada.ID, "dev", Sight{}))(t), []model.File{z})
}
