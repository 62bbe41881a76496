package store

import (
	"encoding/json"
	"testing"
	"time"

	"vivarium/app/model"
)

// TestMovePackage gives a package with everything to another account, which has one
// of its labels, and looks at what went along.
func TestMovePackage(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook, casey := w.user("ada"), w.user("brook"), w.user("casey")
	labs := w.organization("labs", ada)
	group := w.group(labs, "team", model.Write, brook)
	p, other := w.pkg(labs, "x", model.Private, model.Conda), w.pkg(labs, "y", model.Private, model.Conda)
	f := w.conda(p, "1.0", "noarch", "main", "dev")
	stays := w.conda(other, "1.0", "noarch", "main", "dev")
	theirs := w.conda(w.pkg(casey, "z", model.Public, model.Conda), "1.0", "noarch", "main")
	check(t, w.AddGroupPackage(ctx, group.ID, p.ID, noon))
	check(t, w.AddGroupPackage(ctx, group.ID, other.ID, noon))
	check(t, w.SetCollaborator(ctx, p.ID, brook.ID, model.Read, noon))
	check(t, w.AddStar(ctx, ada.ID, p.ID, noon))
	check(t, w.AddDownloads(ctx, map[int64]int64{f.ID: 7}, noon))
	check(t, w.AddToCollection(ctx, w.collection(ada, "tools").ID, p.ID, noon))
	check(t, w.InsertStage(ctx, &model.Stage{DistID: "one", TicketHash: []byte("one"), AccountID: labs.ID, StagedBy: ada.ID, PackageID: p.ID, ReleaseID: f.ReleaseID, CreatedAt: noon}))

	later := noon.Add(time.Hour)
	f.IndexedAt, f.Record = later, json.RawMessage(`{"n":"new"}`)
	check(t, w.MovePackage(ctx, p.ID, casey.ID, []model.File{f}, later))

	_, err := w.Package(ctx, labs.ID, "x")
	fails(t, err, model.NotFound, `Package "x" does not exist.`)
	moved := get(w.Package(ctx, casey.ID, "x"))(t)
	same(t, "the package", []any{moved.Owner, moved.Access, moved.Stars, moved.Downloads, moved.FileCount, moved.ModifiedAt}, []any{"casey", model.Private, 1, int64(7), 1, later})
	file := get(w.CondaFile(ctx, casey.ID, f.Basename))(t)
	same(t, "its file", []any{file.Owner, file.ReleaseID, file.Labels, string(file.Record), file.IndexedAt, file.UploadedAt}, []any{"casey", f.ReleaseID, []string{"dev", "main"}, `{"n":"new"}`, later, f.UploadedAt})
	_, err = w.CondaFile(ctx, labs.ID, f.Basename)
	fails(t, err, model.NotFound, `File "noarch/x-1.0-0.conda" does not exist.`)
	same(t, "collaborators", len(get(w.Collaborators(ctx, p.ID))(t)), 0)
	same(t, "groups", len(get(w.PackageGroups(ctx, p.ID))(t)), 0)
	same(t, "upload under way", get(w.Stage(ctx, "one"))(t).AccountID, casey.ID)
	same(t, "collected", get(w.Collected(ctx, ada.ID, Sight{Owns: []int64{casey.ID}}))(t)[0].Package, "casey/x")

	same(t, "what stays", get(w.CondaFile(ctx, labs.ID, stays.Basename))(t).Labels, []string{"dev", "main"})
	same(t, "its groups", len(get(w.PackageGroups(ctx, other.ID))(t)), 1)
	same(t, "what was there", get(w.CondaFile(ctx, casey.ID, theirs.Basename))(t).Labels, []string{"main"})
	same(t, "labels of the other account", len(get(w.Labels(ctx, casey.ID, Sight{Owns: []int64{casey.ID}}))(t)), 2)
}

func TestMovePackageToATakenName(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	p := w.pkg(ada, "x", model.Public)
	w.pkg(brook, "X", model.Public)
	if err := w.MovePackage(ctx, p.ID, brook.ID, nil, noon); model.CodeOf(err) != model.Conflict {
		t.Errorf("moved to a taken name: %v", err)
	}
	same(t, "owner", get(w.Package(ctx, ada.ID, "x"))(t).Owner, "ada")
}
