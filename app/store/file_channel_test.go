package store

import (
	"fmt"
	"testing"

	"vivarium/app/model"
)

// yank marks a file as yanked.
func (w *world) yank(f model.File) {
	w.t.Helper()
	_, err := w.write.NewUpdate().Model(&f).Set("yanked_at = ?", noon).WherePK().Exec(w.t.Context())
	check(w.t, err)
}

func basenames(files []model.File) (names []string) {
	for _, f := range files {
		names = append(names, f.Basename)
	}
	return names
}

func TestSubdirFiles(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	p, hidden := w.pkg(ada, "x", model.Public), w.pkg(ada, "secret", model.Private)
	for n := range 5 {
		w.conda(p, fmt.Sprintf("%d.0", n), "noarch", "main")
	}
	w.conda(p, "7.0", "noarch", "dev")
	w.conda(p, "7.0", "linux-64", "main")
	w.conda(hidden, "1.0", "noarch", "main")
	w.conda(hidden, "1.0", "win-64", "main")
	w.yank(w.conda(p, "8.0", "noarch", "main"))
	w.yank(w.conda(p, "8.0", "osx-64", "main"))
	w.file(p, "9.0", "x-9.0.tar.gz", model.PyPI, "main")

	all := ChannelView{AccountID: ada.ID, Label: "main"}
	same(t, "first", basenames(get(w.SubdirFiles(ctx, all, "noarch", "", 3))(t)), []string{"noarch/x-0.0-0.conda", "noarch/x-1.0-0.conda", "noarch/x-2.0-0.conda"})
	same(t, "rest", basenames(get(w.SubdirFiles(ctx, all, "noarch", "x-2.0-0.conda", 3))(t)), []string{"noarch/x-3.0-0.conda", "noarch/x-4.0-0.conda"})
	same(t, "of a label", basenames(get(w.SubdirFiles(ctx, ChannelView{ada.ID, "dev", Sight{}}, "noarch", "", 3))(t)), []string{"noarch/x-7.0-0.conda"})
	same(t, "to the owner", len(get(w.SubdirFiles(ctx, ChannelView{ada.ID, "main", Sight{SignedIn: true, Owns: []int64{ada.ID}}}, "noarch", "", 9))(t)), 6)
	same(t, "subdirs", get(w.CondaSubdirs(ctx, all))(t), []string{"linux-64", "noarch"})
	same(t, "subdirs of a label nobody used", len(get(w.CondaSubdirs(ctx, ChannelView{ada.ID, "beta", Sight{}}))(t)), 0)
}

func TestNewestFiles(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	p := w.pkg(ada, "x", model.Public)
	w.conda(p, "1.0", "noarch", "main")
	w.file(p, "1.0", "x-1.0.tar.gz", model.PyPI, "main")
	w.conda(w.pkg(ada, "secret", model.Private), "1.0", "noarch", "main")
	w.conda(p, "2.0", "linux-64", "main", "dev")
	w.conda(p, "3.0", "noarch", "dev")
	w.yank(w.conda(p, "4.0", "noarch", "main"))
	v := ChannelView{AccountID: ada.ID, Label: "main"}
	same(t, "all", basenames(get(w.NewestFiles(ctx, v, 9))(t)), []string{"linux-64/x-2.0-0.conda", "x-1.0.tar.gz", "noarch/x-1.0-0.conda"})
	same(t, "bounded", basenames(get(w.NewestFiles(ctx, v, 1))(t)), []string{"linux-64/x-2.0-0.conda"})
}
