package store

import (
	"testing"

	"vivarium/app/model"
)

func TestPythonFiles(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	first := w.pkg(ada, "De_Mo", model.Public)
	second := w.pkg(ada, "de-mo", model.Private)
	w.conda(first, "1.0", "noarch", "main")
	same(t, "the oldest of the name", get(w.PythonProject(ctx, ada.ID, "de-mo"))(t).ID, first.ID)
	wheel := w.file(second, "1.0", "de_mo-1.0-py3-none-any.whl", model.PyPI, "main")
	second.Types = []model.PackageType{model.PyPI}
	check(t, w.UpdatePackage(ctx, &second, "types"))
	same(t, "the one of type pypi", get(w.PythonProject(ctx, ada.ID, "de-mo"))(t).ID, second.ID)
	_, err := w.PythonProject(ctx, ada.ID, "other")
	fails(t, err, model.NotFound, `Project "other" does not exist.`)

	same(t, "anyone's projects", len(get(w.PythonProjects(ctx, ada.ID, "main", Sight{}))(t)), 0)
	same(t, "the owner's", get(w.PythonProjects(ctx, ada.ID, "main", Sight{Owns: []int64{ada.ID}}))(t), []string{"de-mo"})
	same(t, "under another label", len(get(w.PythonProjects(ctx, ada.ID, "dev", Sight{Owns: []int64{ada.ID}}))(t)), 0)
	same(t, "files", len(get(w.PythonFiles(ctx, second, "main"))(t)), 1)
	same(t, "file", get(w.PythonFile(ctx, ada.ID, wheel.Basename))(t).ID, wheel.ID)

	taken := newFile(w.release(first, "1.0.1"), ada.ID, wheel.Basename, model.PyPI, 1)
	fails(t, w.InsertFile(ctx, &taken), model.Conflict, `File "de_mo-1.0-py3-none-any.whl" exists already.`)
}

func TestRetiredFiles(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	f := w.file(w.pkg(w.user("ada"), "x", model.Public), "1.0", "x-1.0.tar.gz", model.PyPI)
	same(t, "before", get(w.FileRetired(ctx, f.AccountID, f.Basename))(t), false)
	check(t, w.RetireFiles(ctx, []model.File{f}, noon))
	check(t, w.RetireFiles(ctx, []model.File{f}, noon))
	same(t, "after", get(w.FileRetired(ctx, f.AccountID, f.Basename))(t), true)
	same(t, "in another channel", get(w.FileRetired(ctx, f.AccountID+1, f.Basename))(t), false)
	same(t, "with these bytes", len(get(w.RetiredOtherwise(ctx, f.AccountID, []model.File{f}))(t)), 0)
	f.SHA256 = "other"
	same(t, "with other bytes", get(w.RetiredOtherwise(ctx, f.AccountID, []model.File{f}))(t), []string{f.Basename})
	same(t, "with other bytes elsewhere", len(get(w.RetiredOtherwise(ctx, f.AccountID+1, []model.File{f}))(t)), 0)
}

func TestMetadataIsInUse(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	f := w.file(w.pkg(w.user("ada"), "x", model.Public), "1.0", "x-1.0.tar.gz", model.PyPI)
	_, err := w.write.NewUpdate().Model(&f).Set("metadata_sha256 = ?", "abc").WherePK().Exec(ctx)
	check(t, err)
	same(t, "metadata", get(w.BlobInUse(ctx, "abc"))(t), true)
	same(t, "nothing", get(w.BlobInUse(ctx, ""))(t), false)
}
