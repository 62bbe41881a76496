package store

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"vivarium/app/model"
)

// needs says in a file's record what it needs.
func (w *world) needs(f model.File, record string) model.File {
	w.t.Helper()
	f.Record = json.RawMessage(record)
	check(w.t, w.UpdateFile(w.t.Context(), &f, "record"))
	return f
}

func TestOfferedReleases(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	x := w.pkg(w.user("ada"), "x", model.Public, model.Conda, model.PyPI)
	one := w.conda(x, "1.0", "noarch")
	w.yank(w.conda(x, "1.0", "linux-64"))
	two := w.conda(x, "2.0", "noarch")
	w.yank(two)
	w.release(x, "3.0")
	y := w.pkg(w.user("brook"), "y", model.Public, model.Conda)
	w.conda(y, "1.0", "noarch")

	got := get(w.OfferedReleases(ctx, []int64{x.ID}))(t)
	want := []OfferedRelease{{one.ReleaseID, x.ID, "1.0", x.Types, false}, {two.ReleaseID, x.ID, "2.0", x.Types, true}}
	same(t, "of x", got, want)
	same(t, "of both", len(get(w.OfferedReleases(ctx, []int64{x.ID, y.ID}))(t)), 3)
	same(t, "of none", len(get(w.OfferedReleases(ctx, nil))(t)), 0)
}

// TestFileNeeds leaves behind what is not about needs.
func TestFileNeeds(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	x := w.pkg(w.user("ada"), "x", model.Public, model.Conda, model.PyPI)
	f := w.needs(w.conda(x, "1.0", "noarch"), `{"depends":["a >=1","b"],"summary":"long"}`)
	w.needs(w.file(x, "1.0", "x-1.0.tar.gz", model.PyPI), `{"requires_dist":["c[d]>1"],"description":"longer"}`)
	w.yank(w.conda(x, "1.0", "linux-64"))
	w.conda(x, "2.0", "noarch")

	list := get(w.FileNeeds(ctx, []int64{f.ReleaseID}))(t)
	same(t, "files", len(list), 3)
	var got []string
	for _, f := range list {
		same(t, "package", f.PackageID, x.ID)
		line := string(f.Type) + " " + f.Subdir + " " + string(f.Record)
		if f.Yanked {
			line += " yanked"
		}
		got = append(got, line)
	}
	slices.Sort(got)
	same(t, "needs", strings.Join(got, "\n"), `conda linux-64 {"depends":null,"requires_dist":null,"entry":null} yanked
conda noarch {"depends":["a >=1","b"],"requires_dist":null,"entry":null}
pypi  {"depends":null,"requires_dist":["c[d]>1"],"entry":null}`)
	same(t, "of none", len(get(w.FileNeeds(ctx, nil))(t)), 0)
}

func TestDependenciesTakeTheOldPlace(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	tide, reef := w.pkg(ada, "Tide.Model", model.Public, model.Conda, model.PyPI), w.pkg(ada, "reef", model.Public, model.Conda, model.PyPI)
	needs := func(t model.PackageType, name, accepts string, platforms ...string) *model.Dependency {
		return &model.Dependency{Type: t, Name: name, PackageID: reef.ID, Accepts: accepts, Platforms: platforms}
	}
	check(t, w.SetDependencies(ctx, []int64{reef.ID}, []*model.Dependency{needs(model.Conda, "gone", "")}))
	check(t, w.SetDependencies(ctx, []int64{reef.ID}, []*model.Dependency{
		needs(model.PyPI, "tide-model", "[x]>=1"), needs(model.Conda, "tide.model", ">=1", "linux-64", "win-64"), needs(model.Conda, "tide.model", "<9"),
		needs(model.Conda, "tide-model", ""), needs(model.PyPI, "tide.model", ""),
	}))
	got := get(w.DependenciesOn(ctx, tide, []int64{reef.ID}))(t)
	same(t, "on tide", got, []model.Dependency{
		*needs(model.Conda, "tide.model", "<9"), *needs(model.Conda, "tide.model", ">=1", "linux-64", "win-64"), *needs(model.PyPI, "tide-model", "[x]>=1"),
	})
	same(t, "asked of none", len(get(w.DependenciesOn(ctx, tide, nil))(t)), 0)
	same(t, "on what is no package", len(get(w.DependenciesOn(ctx, model.Package{}, []int64{reef.ID}))(t)), 0)

	names, total := listed(t, w, PackageQuery{AccountID: ada.ID, Needing: &tide})
	if names != "ada/reef" || total != 1 {
		t.Errorf("tide is needed by %q of %d", names, total)
	}
	gone := model.Package{LookupName: "gone", NormalizedName: "gone", Types: []model.PackageType{model.Conda}}
	if names, _ := listed(t, w, PackageQuery{AccountID: ada.ID, Needing: &gone}); names != "" {
		t.Errorf("what was needed before is still needed by %q", names)
	}
	if names, _ := listed(t, w, PackageQuery{AccountID: ada.ID, Needing: &reef}); names != "" {
		t.Errorf("reef is needed by %q", names)
	}
	check(t, w.DeletePackage(ctx, reef.ID))
	if n := get(w.read.NewSelect().Table("dependencies").Count(ctx))(t); n != 0 {
		t.Errorf("%d rows outlive their package", n)
	}
}

// TestNeedingIsInSight leaves out what may not be seen, what is elsewhere, and the
// package itself.
func TestNeedingIsInSight(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	tide := w.pkg(ada, "tide", model.Public, model.Conda)
	for _, p := range []model.Package{tide, w.pkg(ada, "open", model.Public, model.Conda), w.pkg(ada, "hidden", model.Private, model.Conda), w.pkg(brook, "other", model.Public, model.Conda)} {
		check(t, w.SetDependencies(ctx, []int64{p.ID}, []*model.Dependency{{Type: model.Conda, Name: "tide", PackageID: p.ID}}))
	}
	for sight, want := range map[*Sight]string{{}: "ada/open", {Owns: []int64{ada.ID}}: "ada/hidden ada/open"} {
		if names, _ := listed(t, w, PackageQuery{AccountID: ada.ID, Needing: &tide, Sight: *sight}); names != want {
			t.Errorf("%+v sees %q, want %q", sight, names, want)
		}
	}
}

func TestPackagesNamedInAList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ada := w.user("ada")
	w.pkg(ada, "Tide.Model", model.Public, model.PyPI)
	w.pkg(ada, "reef", model.Private, model.Conda)
	w.pkg(w.user("brook"), "reef", model.Public, model.Conda)
	for names, want := range map[string]string{"tide-model": "ada/Tide.Model", "tide.model": "ada/Tide.Model", "reef": "", "": "", "tide-model tide.model x": "ada/Tide.Model"} {
		if got, _ := listed(t, w, PackageQuery{AccountID: ada.ID, Named: strings.Split(names, " ")}); got != want {
			t.Errorf("%q are %q, want %q", names, got, want)
		}
	}
}

func TestPackagesWithBuilds(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	x := w.pkg(w.user("ada"), "x", model.Public, model.Conda, model.PyPI)
	for n, build := range []string{"py_1", "h0_0", "py_1", ""} {
		f := w.file(x, "1.0", "noarch/"+strings.Repeat("x", n+1), model.Conda)
		f.Build = build
		check(t, w.UpdateFile(ctx, &f, "build"))
	}
	for with, want := range map[bool][]string{true: {"h0_0", "py_1"}, false: nil} {
		list, _, err := w.Packages(ctx, PackageQuery{WithBuilds: with})
		check(t, err)
		same(t, "builds", list[0].Builds, want)
	}
}

// TestUnreadDependencies: what was there before its needs were kept is read once.
func TestUnreadDependencies(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	x, y := w.pkg(ada, "x", model.Public), w.pkg(ada, "y", model.Public)
	same(t, "what comes later", len(get(w.UnreadDependencies(ctx, 9))(t)), 0)
	w.pkg(w.user("brook"), "x", model.Public)
	check(t, w.UnreadAll(ctx, ada.ID))
	check(t, w.UnreadAll(ctx, ada.ID))
	same(t, "some", get(w.UnreadDependencies(ctx, 1))(t), []int64{x.ID})
	check(t, w.SetDependencies(ctx, []int64{x.ID}, nil))
	same(t, "the rest", get(w.UnreadDependencies(ctx, 9))(t), []int64{y.ID})
	check(t, w.SetDependencies(ctx, nil, nil))
	check(t, w.DeletePackage(ctx, y.ID))
	same(t, "none", len(get(w.UnreadDependencies(ctx, 9))(t)), 0)
}
