package store

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/model"
)

// listed returns the full names of a page and the total.
func listed(t *testing.T, w *world, q PackageQuery) (string, int) {
	t.Helper()
	list, total, err := w.Packages(t.Context(), q)
	check(t, err)
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.FullName()
	}
	return strings.Join(names, " "), total
}

func TestPackagesFilters(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ada, brook := w.user("ada"), w.user("brook")
	zip := w.pkg(ada, "Zip", model.Public, model.Conda)
	w.conda(zip, "1.0", "linux-64")
	arc := w.pkg(brook, "arc_100%", model.Public, model.Conda, model.PyPI)
	w.conda(arc, "1.0", "noarch")
	w.pkg(ada, "arc-1000", model.Public, model.Notebook)
	hidden := w.pkg(ada, "hidden", model.Private, model.Conda)
	w.conda(hidden, "1.0", "noarch")
	zip.Summary = `Packs C:\files, 'quoted' Things`
	check(t, w.UpdatePackage(t.Context(), &zip, "summary"))

	everything := Sight{Owns: []int64{ada.ID, brook.ID}}
	tests := []struct {
		name  string
		query PackageQuery
		want  string
		total int
	}{
		{"by lookup name", PackageQuery{}, "ada/arc-1000 brook/arc_100% ada/Zip", 3},
		{"last changed first", PackageQuery{Order: model.LastChanged}, "ada/arc-1000 brook/arc_100% ada/Zip", 3},
		{"of an account", PackageQuery{AccountID: ada.ID}, "ada/arc-1000 ada/Zip", 2},
		{"of a type", PackageQuery{Type: model.PyPI}, "brook/arc_100%", 1},
		{"of a type that is part of another's name", PackageQuery{Type: "pyp"}, "", 0},
		{"of an access", PackageQuery{Access: model.Private, Sight: everything}, "ada/hidden", 1},
		{"of an access out of sight", PackageQuery{Access: model.Private}, "", 0},
		{"of a subdir", PackageQuery{Subdir: "linux-64"}, "ada/Zip", 1},
		{"with files", PackageQuery{WithFiles: true}, "brook/arc_100% ada/Zip", 2},
		{"word in the name, any case", PackageQuery{Words: "ARC"}, "ada/arc-1000 brook/arc_100%", 2},
		{"word in the summary, any case", PackageQuery{Words: "things"}, "ada/Zip", 1},
		{"every word, one in each", PackageQuery{Words: " zip\tpacks "}, "ada/Zip", 1},
		{"not every word", PackageQuery{Words: "zip nothing"}, "", 0},
		{"percent sign is one", PackageQuery{Words: "100%"}, "brook/arc_100%", 1},
		{"underscore is one", PackageQuery{Words: "c_1"}, "brook/arc_100%", 1},
		{"backslash is one", PackageQuery{Words: `C:\f`}, "ada/Zip", 1},
		{"quote is one", PackageQuery{Words: "'quoted'"}, "ada/Zip", 1},
		{"NUL is none", PackageQuery{Words: "\x00"}, "", 0},
		{"no more words than count", PackageQuery{Words: strings.Repeat("a ", maxWords) + "zip"}, "ada/arc-1000 brook/arc_100% ada/Zip", 3},
		{"first page", PackageQuery{Limit: 2}, "ada/arc-1000 brook/arc_100%", 3},
		{"second page", PackageQuery{Limit: 2, Offset: 2}, "ada/Zip", 3},
		{"all but the first", PackageQuery{Offset: 1}, "brook/arc_100% ada/Zip", 3},
		{"beyond the last page", PackageQuery{Limit: 2, Offset: 4}, "", 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			names, total := listed(t, w, tt.query)
			if names != tt.want || total != tt.total {
				t.Errorf("got %q of %d, want %q of %d", names, total, tt.want, tt.total)
			}
		})
	}
}

func TestPackagesShowAllThatAListShows(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	x := w.pkg(ada, "x", model.Public, model.Conda, model.PyPI)
	w.conda(x, "1.0", "noarch", "main", "dev")
	f := w.conda(x, "1.0", "linux-64", "main")
	w.conda(x, "2.0", "linux-64", "dev")
	w.file(x, "3.0", "x-3.0.tar.gz", model.PyPI, "beta")
	w.yank(w.conda(x, "3.5", "noarch", "dev"))
	w.yank(w.conda(x, "1.0", "osx-64", "main"))
	w.release(x, "4.0")
	check(t, w.AddDownloads(ctx, map[int64]int64{f.ID: 5}, time.Now()))
	w.pkg(ada, "y", model.Public)

	list, _, err := w.Packages(ctx, PackageQuery{})
	check(t, err)
	slices.Sort(list[0].Versions)
	x.FileCount, x.Downloads = 6, 5
	x.Platforms, x.Labels = []string{"linux-64", "noarch", "osx-64"}, []string{"beta", "dev", "main"}
	x.Versions, x.YankedVersions = []string{"1.0", "2.0", "3.0", "3.5"}, []string{"3.5"}
	same(t, "x", list[0], x)
	same(t, "platforms of y", list[1].Platforms, []string{})
}

func TestPackagesAsksAConstantNumberOfTimes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ada := w.user("ada")
	asked := listen(w.Store)
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		w.conda(w.pkg(ada, name, model.Public, model.Conda), "1.0", "noarch", "main")
	}
	asked.list = nil
	listed(t, w, PackageQuery{})
	same(t, "statements", len(asked.list), 2)
}

func TestSiteCounts(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	x := w.pkg(ada, "x", model.Public, model.Conda)
	w.conda(x, "1.0", "noarch")
	w.conda(x, "2.0", "noarch")
	w.file(w.pkg(ada, "n", model.Public, model.Notebook), "1", "n.ipynb", model.Notebook)
	w.file(w.pkg(ada, "e", model.Authenticated, model.Environment), "1", "e.yml", model.Environment)
	w.file(w.pkg(ada, "p", model.Private, model.Notebook), "1", "p.ipynb", model.Notebook)
	w.pkg(ada, "empty", model.Public)

	for _, tt := range []struct {
		name  string
		sight Sight
		want  [4]int
	}{
		{"anyone", Sight{}, [4]int{2, 3, 1, 0}},
		{"signed in", Sight{SignedIn: true}, [4]int{3, 4, 1, 1}},
		{"owner", Sight{SignedIn: true, Owns: []int64{ada.ID}}, [4]int{4, 5, 2, 1}},
	} {
		var got [4]int
		var err error
		got[0], got[1], got[2], got[3], err = w.SiteCounts(ctx, tt.sight)
		check(t, err)
		same(t, tt.name, got, tt.want)
	}
}
