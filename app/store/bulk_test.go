package store

import (
	"fmt"
	"testing"

	"vivarium/app/model"
)

// TestInsertMany inserts more rows than one statement takes: every one gets its own
// ID, in their order.
func TestInsertMany(t *testing.T) {
	t.Parallel()
	const many = rowsAtOnce + 3
	w := newWorld(t)
	ctx, ada := t.Context(), w.user("ada")
	var packages []*model.Package
	for n := range many {
		name := fmt.Sprintf("many-%d", n)
		packages = append(packages, &model.Package{
			AccountID: ada.ID, Name: name, LookupName: name, NormalizedName: name, Access: model.Public, Status: model.Active, CreatedAt: noon, ModifiedAt: noon,
		})
	}
	check(t, w.InsertPackages(ctx, packages))
	var releases []*model.Release
	for _, p := range packages {
		releases = append(releases, &model.Release{PackageID: p.ID, Version: "1.0", CreatedAt: noon})
	}
	check(t, w.InsertReleases(ctx, releases))
	var files []*model.File
	var names []string
	for i, rel := range releases {
		names = append(names, packages[i].Name+".whl")
		files = append(files, &model.File{
			AccountID: ada.ID, PackageID: rel.PackageID, ReleaseID: rel.ID, Type: model.PyPI, Basename: names[i], SHA256: fmt.Sprint(i), UploadedAt: noon,
		})
	}
	check(t, w.InsertFiles(ctx, files))
	for i, f := range files {
		got := get(w.File(ctx, f.ReleaseID, names[i]))(t)
		if got.ID != f.ID || got.Package != packages[i].Name || got.SHA256 != fmt.Sprint(i) {
			t.Fatalf("file %d is %+v", i, got)
		}
	}
	same(t, "digests", get(w.Digests(ctx, ada.ID, model.PyPI, []string{names[0], names[7], "absent"}))(t), map[string]string{names[0]: "0", names[7]: "7"})
	same(t, "digests of another type", len(get(w.Digests(ctx, ada.ID, model.Conda, names))(t)), 0)
	if err := w.InsertFiles(ctx, []*model.File{{AccountID: ada.ID, PackageID: files[0].PackageID, ReleaseID: files[0].ReleaseID, Type: model.PyPI, Basename: names[0], UploadedAt: noon}}); model.CodeOf(err) != model.Conflict {
		t.Errorf("a file that is there: %v", err)
	}
	check(t, w.InsertFiles(ctx, nil))
}

func TestPackagesNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, ada := t.Context(), w.user("ada")
	for _, name := range []string{"De_mo", "de-mo", "other", "none"} {
		w.pkg(ada, name, model.Public)
	}
	w.pkg(w.user("brook"), "other", model.Public)
	var got []string
	for _, p := range get(w.PackagesNamed(ctx, ada.ID, []string{"other", "absent"}, []string{"de-mo"}))(t) {
		got = append(got, p.FullName())
	}
	same(t, "packages", got, []string{"ada/De_mo", "ada/de-mo", "ada/other"})
	same(t, "without names", len(get(w.PackagesNamed(ctx, ada.ID, nil, nil))(t)), 0)
}

func TestReleasesNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, ada := t.Context(), w.user("ada")
	one, two := w.pkg(ada, "one", model.Public), w.pkg(ada, "two", model.Public)
	for _, version := range []string{"1.0", "2.0"} {
		w.conda(one, version, "noarch", "main")
		w.conda(two, version, "noarch", "main")
	}
	list := get(w.ReleasesNamed(ctx, []int64{one.ID}, []string{"2.0", "3.0"}))(t)
	if len(list) != 1 || list[0].PackageID != one.ID || list[0].Version != "2.0" {
		t.Errorf("releases are %+v", list)
	}
	same(t, "of no package", len(get(w.ReleasesNamed(ctx, nil, nil))(t)), 0)
}
