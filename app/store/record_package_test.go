package store

import (
	"encoding/json"
	"testing"

	"vivarium/app/model"
)

func TestPackageRecords(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	p := w.pkg(ada, "Zip", model.Public)
	f := w.conda(p, "1.0", "linux-64", "main")
	_, err := w.write.NewUpdate().Model(&f).Set("record = ?", json.RawMessage(`{"timestamp":1772600767890}`)).
		Set("attrs = ?", json.RawMessage(`{"traits":["activate.d","post_link"]}`)).Set("run_exports = ?", json.RawMessage(`{}`)).WherePK().Exec(ctx)
	check(t, err)
	w.conda(p, "2.0", "noarch", "main", "dev")
	w.yank(w.conda(p, "3.0", "noarch", "main"))
	w.file(w.pkg(ada, "wheel", model.Public), "1.0", "wheel-1.0.tar.gz", model.PyPI, "main")
	w.conda(w.pkg(ada, "arc", model.Public), "1.0", "noarch", "main")
	w.conda(w.pkg(ada, "secret", model.Private), "1.0", "noarch", "main")
	w.conda(w.pkg(w.user("brook"), "b", model.Public), "1.0", "noarch", "main")

	names := func(v ChannelView, only ...string) (list []string) {
		if only == nil {
			only = get(w.CondaPackages(ctx, v))(t)
		}
		packages, files, err := w.PackageRecords(ctx, v, only)
		check(t, err)
		for _, p := range packages {
			if len(files[p.ID]) == 0 {
				t.Errorf("%s has no files", p.Name)
			}
			list = append(list, p.LookupName)
		}
		return list
	}
	main := ChannelView{AccountID: ada.ID, Label: "main"}
	same(t, "all", names(main), []string{"arc", "zip"})
	same(t, "one", names(main, "zip"), []string{"zip"})
	same(t, "hidden", len(names(main, "secret", "none", "wheel")), 0)
	same(t, "of a label", names(ChannelView{ada.ID, "dev", Sight{}}), []string{"zip"})
	same(t, "to the owner", names(ChannelView{ada.ID, "main", Sight{SignedIn: true, Owns: []int64{ada.ID}}}), []string{"arc", "secret", "zip"})

	_, files, err := w.PackageRecords(ctx, main, []string{"arc", "zip"})
	check(t, err)
	same(t, "files", files[p.ID], []PackageFileRecord{
		{PackageID: p.ID, Subdir: "linux-64", FileName: "zip-1.0-0.conda", Version: "1.0", Timestamp: 1772600767890, RunExports: json.RawMessage(`{}`), Traits: json.RawMessage(`["activate.d","post_link"]`)},
		{PackageID: p.ID, Subdir: "noarch", FileName: "zip-2.0-0.conda", Version: "2.0"},
	})
}
