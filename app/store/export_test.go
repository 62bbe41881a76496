package store

import (
	"testing"

	"vivarium/app/model"
)

// TestExportFiles: yanked files are among them, those of other labels, types and
// sights not.
func TestExportFiles(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	p, hidden := w.pkg(ada, "x", model.Public), w.pkg(ada, "secret", model.Private)
	w.conda(p, "1.0", "noarch", "main")
	w.conda(p, "2.0", "linux-64", "dev", "main")
	w.yank(w.conda(p, "3.0", "noarch", "main"))
	w.conda(p, "4.0", "noarch", "dev")
	w.file(p, "1.0", "x-1.0.tar.gz", model.PyPI, "main")
	w.file(p, "1.0", "x.txt", model.GenericFile, "main")
	w.conda(hidden, "1.0", "noarch", "main")
	view := ChannelView{AccountID: ada.ID, Label: "main"}
	all := get(w.ExportFiles(ctx, view, 0, 9))(t)
	same(t, "all", basenames(all), []string{"noarch/x-1.0-0.conda", "linux-64/x-2.0-0.conda", "noarch/x-3.0-0.conda", "x-1.0.tar.gz"})
	same(t, "a page", basenames(get(w.ExportFiles(ctx, view, all[0].ID, 2))(t)), []string{"linux-64/x-2.0-0.conda", "noarch/x-3.0-0.conda"})
	same(t, "to the owner", len(get(w.ExportFiles(ctx, ChannelView{ada.ID, "main", Sight{Owns: []int64{ada.ID}}}, 0, 9))(t)), 5)
	if f := all[3]; f.Package != "x" || f.SHA256 == "" || f.UploadedAt.IsZero() {
		t.Errorf("the sdist is %+v", f)
	}
}
