package store

import (
	"encoding/json"
	"testing"

	"vivarium/app/model"
)

func TestFileRoundTrip(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	p := w.pkg(w.user("ada"), "X", model.Public, model.Conda)
	r := w.release(p, "1.0")
	f := model.File{
		AccountID: p.AccountID, PackageID: p.ID, ReleaseID: r.ID, Type: model.Conda, Basename: "noarch/x-1.0-py_7.conda", Subdir: "noarch",
		Build: "py_7", BuildNumber: 7, Size: 1 << 40, MD5: "m", SHA256: "s", Description: "d", Attrs: json.RawMessage(`{"a":1}`),
		Dependencies: json.RawMessage(`["b"]`), Record: json.RawMessage(`{"name":"x","note":"it's \"ü\""}`),
		RunExports: json.RawMessage(`null`), Uploader: "brook", Downloads: 3, UploadedAt: noon,
	}
	check(t, w.InsertFile(ctx, &f))
	f.Owner, f.Package, f.Version, f.Labels = "ada", "X", "1.0", []string{}
	same(t, "file", get(w.File(ctx, r.ID, f.Basename))(t), f)
	same(t, "conda file", get(w.CondaFile(ctx, p.AccountID, f.Basename))(t), f)
	same(t, "name", f.FullName(), "ada/X/1.0/noarch/x-1.0-py_7.conda")
}

func TestFilesAreUnique(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	x, y := w.pkg(ada, "x", model.Public), w.pkg(ada, "y", model.Public)
	first := w.file(x, "1.0", "noarch/x-1.0-0.conda", model.Conda)
	w.file(x, "1.0", "x.tar.gz", model.GenericFile)
	// Other types may share a name within an account, conda and Python files may not.
	w.file(y, "1.0", "x.tar.gz", model.GenericFile)
	w.file(w.pkg(w.user("brook"), "x", model.Public), "1.0", "noarch/x-1.0-0.conda", model.Conda)

	again := newFile(w.release(y, "2.0"), ada.ID, first.Basename, model.Conda, 1)
	fails(t, w.InsertFile(ctx, &again), model.Conflict, `File "noarch/x-1.0-0.conda" exists already.`)
	twice := newFile(model.Release{ID: first.ReleaseID, PackageID: x.ID}, ada.ID, "x.tar.gz", model.GenericFile, 1)
	fails(t, w.InsertFile(ctx, &twice), model.Conflict, `File "x.tar.gz" exists already.`)

	_, err := w.File(ctx, first.ReleaseID, "z")
	fails(t, err, model.NotFound, `File "z" does not exist.`)
	_, err = w.CondaFile(ctx, ada.ID, "x.tar.gz")
	fails(t, err, model.NotFound, `File "x.tar.gz" does not exist.`)
}

func TestFilesOfAPackage(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	p := w.pkg(ada, "x", model.Public)
	late := w.conda(p, "2.0", "noarch", "dev", "main")
	early := w.conda(p, "1.0", "noarch", "main")
	w.conda(w.pkg(ada, "y", model.Public), "1.0", "noarch")
	early.UploadedAt = noon
	_, err := w.write.NewUpdate().Model(&early).Column("uploaded_at").WherePK().Exec(ctx)
	check(t, err)
	same(t, "files", get(w.Files(ctx, p.ID))(t), []model.File{early, late})
}

func TestBlobInUse(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	p := w.pkg(w.user("ada"), "x", model.Public)
	f := w.conda(p, "1.0", "noarch")
	check(t, w.InsertStage(ctx, &model.Stage{
		DistID: "d", TicketHash: []byte("t"), AccountID: p.AccountID, PackageID: p.ID, ReleaseID: f.ReleaseID,
		SHA256: "announced", StoredSHA256: "stored", CreatedAt: noon,
	}))
	for sha256, want := range map[string]bool{f.SHA256: true, "stored": true, "announced": false, "other": false} {
		same(t, sha256, get(w.BlobInUse(ctx, sha256))(t), want)
	}
}
