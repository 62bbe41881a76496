package web

import (
	"slices"
	"testing"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// testDetail is a package with a pre-release behind its latest release.
func testDetail() registry.PackageDetail {
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	release := func(version string, at time.Time, files ...model.File) registry.ReleaseDetail {
		return registry.ReleaseDetail{Release: model.Release{Version: version, CreatedAt: at}, Files: files}
	}
	return registry.PackageDetail{
		Package: model.Package{Owner: "labs", Name: "reefscan", Access: model.Public, LatestVersion: "2.0"},
		Releases: []registry.ReleaseDetail{
			release("1.0", day),
			release("2.0", day, model.File{Size: 10, Labels: []string{"staging", "main"}, UploadedAt: day.Add(time.Hour)}, model.File{Size: 7, Labels: []string{"dev"}, UploadedAt: day.Add(-time.Hour)}),
			release("3.0rc1", day, model.File{Labels: []string{"rc"}, UploadedAt: day}),
		},
	}
}

func TestVersionRows(t *testing.T) {
	t.Parallel()
	p := testDetail()
	day := p.Releases[0].CreatedAt
	want := []views.VersionRow{
		{Version: "3.0rc1", Labels: []string{"rc"}, Files: 1, Early: true, UploadedAt: day},
		{Version: "2.0", Labels: []string{"main", "dev", "staging"}, Files: 2, Latest: true, UploadedAt: day.Add(time.Hour)},
		{Version: "1.0", UploadedAt: day},
	}
	got := versionRows(p)
	equal := func(a, b views.VersionRow) bool {
		labels := slices.Equal(a.Labels, b.Labels)
		a.Labels, b.Labels = nil, nil
		return labels && a.Version == b.Version && a.Files == b.Files && a.Latest == b.Latest && a.Early == b.Early && a.UploadedAt.Equal(b.UploadedAt)
	}
	if !slices.EqualFunc(got, want, equal) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestNewestRelease(t *testing.T) {
	t.Parallel()
	p := testDetail()
	if got := newest(p).Version; got != "2.0" {
		t.Errorf("got %q, want what registry calls the latest", got)
	}
	p.LatestVersion = ""
	if got := newest(p).Version; got != "3.0rc1" {
		t.Errorf("got %q, want the last where nothing is the latest", got)
	}
	if got := newest(registry.PackageDetail{}).Version; got != "" {
		t.Errorf("a package without releases has %q", got)
	}
}

func TestChosenRelease(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{"": "2.0", "1.0": "1.0"} {
		got, err := chosenRelease(testDetail(), version)
		if err != nil || got.Version != want {
			t.Errorf("%q: got %q, %v, want %q", version, got.Version, err, want)
		}
	}
	if _, err := chosenRelease(testDetail(), "9"); model.CodeOf(err) != model.NotFound {
		t.Errorf("a version that is not there: got %v", err)
	}
}

func TestInstallLabel(t *testing.T) {
	t.Parallel()
	p := testDetail()
	for i, want := range []string{"main", "main", "rc"} {
		if got := installLabel(p.Releases[i]); got != want {
			t.Errorf("%s: got %q, want %q", p.Releases[i].Version, got, want)
		}
	}
	if got := fileLabel(model.File{Labels: []string{"staging", "dev"}}); got != "dev" {
		t.Errorf("a file on staging and dev: got %q", got)
	}
	if got := fileLabel(model.File{}); got != "main" {
		t.Errorf("a file without labels: got %q", got)
	}
}

func TestSizeOf(t *testing.T) {
	t.Parallel()
	if got := sizeOf(testDetail().Files()); got != 17 {
		t.Errorf("got %d, want 17", got)
	}
}
