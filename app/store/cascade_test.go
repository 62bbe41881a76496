package store

import (
	"testing"

	"vivarium/app/model"
)

// fill gives an account something of everything.
func fill(w *world, a model.Account) {
	ctx := w.t.Context()
	p := w.pkg(a, "x", model.Public, model.Conda)
	f := w.conda(p, "1.0", "noarch", "main")
	check(w.t, w.InsertToken(ctx, &model.Token{AccountID: a.ID, CreatedBy: a.ID, Name: "ci", Hash: []byte(a.Login), CreatedAt: noon}))
	check(w.t, w.InsertStage(ctx, &model.Stage{
		DistID: a.Login, TicketHash: []byte(a.Login), AccountID: a.ID, StagedBy: a.ID, PackageID: p.ID, ReleaseID: f.ReleaseID, CreatedAt: noon,
	}))
	get(w.AppendChanges(ctx, a.ID, noon, []model.IndexChange{{Subdir: "noarch"}}))(w.t)
	check(w.t, w.InsertAudit(ctx, &model.AuditLine{At: noon, Account: a.Login}))
	check(w.t, w.AddDownloads(ctx, map[int64]int64{f.ID: 1}, noon))
	check(w.t, w.SetDependencies(ctx, []int64{p.ID}, []*model.Dependency{{Type: model.Conda, Name: "y", PackageID: p.ID}}))
	check(w.t, w.AddToCollection(ctx, w.collection(a, "tools").ID, p.ID, noon))
}

// rows counts the rows of every table.
func rows(w *world) map[string]int {
	tables := []string{
		"accounts", "groups", "group_members", "tokens", "packages", "releases", "files", "labels", "file_labels", "stages", "index_changes", "audit",
		"downloads", "collections", "collection_packages", "dependencies", "unread_dependencies",
	}
	counts := map[string]int{}
	for _, table := range tables {
		n := get(w.read.NewSelect().Table(table).Count(w.t.Context()))(w.t)
		counts[table] = int(n)
	}
	return counts
}

func TestDeleteAccountTakesAllItsOwn(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	fill(w, brook)
	labs := w.organization("labs", ada, brook)
	// A token that ada made for the organization outlives her.
	check(t, w.InsertToken(ctx, &model.Token{AccountID: labs.ID, CreatedBy: ada.ID, Name: "ci", Hash: []byte("labs"), CreatedAt: noon}))
	before := rows(w)
	before["group_members"]--
	before["accounts"]--
	before["audit"]++

	fill(w, ada)
	check(t, w.DeleteAccount(ctx, ada.ID))
	same(t, "rows after ada came and went", rows(w), before)
	if by := get(w.Token(ctx, labs.ID, "ci"))(t).CreatedBy; by != 0 {
		t.Errorf("the organization's token was made by %d, want nobody", by)
	}

	check(t, w.DeleteAccount(ctx, labs.ID))
	if n := rows(w)["groups"]; n != 0 {
		t.Errorf("%d groups outlive their organization", n)
	}
}

func TestDeletePackageReleaseAndFile(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	fill(w, ada)
	empty := rows(w)

	p := w.pkg(ada, "y", model.Public, model.Conda)
	f := w.conda(p, "1.0", "noarch", "main")
	w.conda(p, "1.0", "linux-64", "main")
	w.conda(p, "2.0", "noarch", "main")
	check(t, w.DeleteFile(ctx, f.ID))
	same(t, "files of the release", get(w.CountReleaseFiles(ctx, f.ReleaseID))(t), 1)
	check(t, w.DeleteRelease(ctx, f.ReleaseID))
	same(t, "files of the package", get(w.CountFiles(ctx, p.ID))(t), 1)
	check(t, w.DeletePackage(ctx, p.ID))
	same(t, "rows after y came and went", rows(w), empty)

	fails(t, w.DeleteFile(ctx, f.ID), model.NotFound, "File 2 does not exist.")
	fails(t, w.DeleteRelease(ctx, f.ReleaseID), model.NotFound, "Release 2 does not exist.")
	fails(t, w.DeletePackage(ctx, p.ID), model.NotFound, "Package 2 does not exist.")
}
