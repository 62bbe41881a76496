package store

import (
	"encoding/json"
	"testing"

	"vivarium/app/model"
)

func recordsOfView(t testing.TB, w *world, v ChannelView, subdir string) (list []IndexRecord) {
	t.Helper()
	for r, err := range w.CondaRecords(t.Context(), v, subdir) {
		check(t, err)
		list = append(list, r)
	}
	return list
}

func TestCondaRecords(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	zip, arc := w.pkg(ada, "Zip", model.Public), w.pkg(ada, "arc", model.Public)
	z := w.conda(zip, "1.0", "linux-64", "main", "dev")
	a := w.conda(arc, "1.0", "linux-64", "main")
	w.conda(arc, "2.0", "linux-64", "dev")
	w.conda(arc, "1.0", "noarch", "main")
	w.file(arc, "1.0", "arc-1.0.tar.gz", model.PyPI, "main")
	w.conda(w.pkg(w.user("brook"), "b", model.Public), "1.0", "linux-64", "main")
	_, err := w.write.NewUpdate().Model(&a).Set("run_exports = ?", json.RawMessage(`{"weak":["b"]}`)).Set("yanked_at = ?", noon).WherePK().Exec(ctx)
	check(t, err)

	same(t, "main", recordsOfView(t, w, ChannelView{ada.ID, "main", Sight{}}, "linux-64"), []IndexRecord{
		{FileName: "arc-1.0-0.conda", Package: "arc", Record: a.Record, RunExports: json.RawMessage(`{"weak":["b"]}`), Yanked: true},
		{FileName: "zip-1.0-0.conda", Package: "zip", Record: z.Record},
	})
	same(t, "dev", len(recordsOfView(t, w, ChannelView{ada.ID, "dev", Sight{}}, "linux-64")), 2)
	same(t, "no such label", len(recordsOfView(t, w, ChannelView{ada.ID, "beta", Sight{}}, "linux-64")), 0)
	same(t, "no such subdir", len(recordsOfView(t, w, ChannelView{ada.ID, "main", Sight{}}, "win-64")), 0)

	view := ChannelView{ada.ID, "main", Sight{}}
	same(t, "of arc", get(w.CondaRecordsOf(ctx, view, "linux-64", []string{"arc", "none"}))(t), recordsOfView(t, w, view, "linux-64")[:1])
	same(t, "of none", len(get(w.CondaRecordsOf(ctx, view, "linux-64", nil))(t)), 0)
	for r, err := range w.CondaRecords(ctx, view, "linux-64") {
		check(t, err)
		same(t, "the first alone", r.Package, "arc")
		break
	}
}

func TestPackagesBeyond(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	w.pkg(ada, "open", model.Public)
	w.pkg(ada, "Known", model.Authenticated)
	secret := w.pkg(ada, "secret", model.Private)
	w.pkg(w.user("brook"), "other", model.Private)
	all := Sight{SignedIn: true, Owns: []int64{ada.ID}}
	same(t, "owner", get(w.PackagesBeyond(ctx, ada.ID, all, Sight{}, 9))(t), []string{"known", "secret"})
	same(t, "with a bound", get(w.PackagesBeyond(ctx, ada.ID, all, Sight{}, 1))(t), []string{"known"})
	same(t, "grants", get(w.PackagesBeyond(ctx, ada.ID, Sight{SignedIn: true, Packages: []int64{secret.ID}}, Sight{SignedIn: true}, 9))(t), []string{"secret"})
	same(t, "less", len(get(w.PackagesBeyond(ctx, ada.ID, Sight{}, all, 9))(t)), 0)
}
