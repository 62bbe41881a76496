package store

import (
	"testing"
	"time"

	"vivarium/app/model"
)

func TestPackageRoundTrip(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	p := model.Package{
		AccountID: ada.ID, Name: "Foo.Bar", LookupName: "foo.bar", NormalizedName: "foo-bar", Types: []model.PackageType{model.Conda, model.PyPI},
		Access: model.Authenticated, Summary: "it's", Description: `a ? \? b`, License: "MIT", LicenseURL: "u", LicenseFamily: "f",
		Home: "h", DevURL: "d", DocURL: "o", SourceURL: "s", CreatedAt: noon, ModifiedAt: noon,
	}
	check(t, w.InsertPackage(ctx, &p))
	p.Owner = "ada"
	same(t, "package", get(w.Package(ctx, ada.ID, "foo.bar"))(t), p)

	bare := model.Package{AccountID: ada.ID, LookupName: "bare", Access: model.Public, CreatedAt: noon, ModifiedAt: noon}
	check(t, w.InsertPackage(ctx, &bare))
	bare.Owner = "ada"
	same(t, "package without types", get(w.Package(ctx, ada.ID, "bare"))(t), bare)
}

func TestPackageCounts(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada := w.user("ada")
	p := w.pkg(ada, "x", model.Public)
	one, two := w.conda(p, "1.0", "noarch"), w.conda(p, "2.0", "noarch")
	check(t, w.AddDownloads(ctx, map[int64]int64{one.ID: 2, two.ID: 40, 999: 7}, time.Now()))
	check(t, w.AddDownloads(ctx, map[int64]int64{two.ID: 1}, time.Now()))
	got := get(w.Package(ctx, ada.ID, "x"))(t)
	same(t, "files", got.FileCount, 2)
	same(t, "downloads", got.Downloads, int64(43))
}

func TestPackageAbsentAndTaken(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	ada, brook := w.user("ada"), w.user("brook")
	p := w.pkg(ada, "X", model.Public)
	w.pkg(brook, "x", model.Public)
	_, err := w.Package(ctx, ada.ID, "y")
	fails(t, err, model.NotFound, `Package "y" does not exist.`)
	fails(t, w.InsertPackage(ctx, &p), model.Conflict, `Package "X" exists already.`)
	gone := model.Package{ID: 77, Name: "y"}
	fails(t, w.UpdatePackage(ctx, &gone, "summary"), model.NotFound, `Package "y" does not exist.`)
}

func TestUpdatePackage(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t), t.Context()
	p := w.pkg(w.user("ada"), "x", model.Public, model.Conda)
	p.Types, p.Summary, p.License = append(p.Types, model.PyPI), "sums", "ignored"
	check(t, w.UpdatePackage(ctx, &p, "types", "summary"))
	want := p
	want.License = ""
	same(t, "two columns", get(w.Package(ctx, p.AccountID, "x"))(t), want)
	check(t, w.UpdatePackage(ctx, &p))
	same(t, "all columns", get(w.Package(ctx, p.AccountID, "x"))(t), p)
}
