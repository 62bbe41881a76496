package registry_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// TestDescribe: the newest version says what a package is, but for what somebody
// wrote by hand.
func TestDescribe(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	publish := func(version, summary, license string) {
		t.Helper()
		s.Publish(t, brook, "brook", condatest.Spec{Version: version, Summary: summary, License: license})
	}
	want := func(when, summary, license string) {
		t.Helper()
		d, err := s.Package(t.Context(), brook, "brook", "demo")
		if err != nil || d.Summary != summary || d.License != license {
			t.Errorf("%s: summary %q, license %q, %v, want %q and %q", when, d.Summary, d.License, err, summary, license)
		}
	}
	change := func(c registry.PackageChange) {
		t.Helper()
		if _, err := s.UpdatePackage(t.Context(), brook, "brook", "demo", c); err != nil {
			t.Fatal(err)
		}
	}
	text := func(s string) *string { return &s }

	publish("1.0", "first", "")
	want("the first file", "first", "")
	publish("0.9", "older", "MIT")
	want("an older one fills what is empty", "first", "MIT")
	publish("1.1", "second", "BSD")
	want("a newer one", "second", "BSD")
	publish("2.0rc1", "candidate", "")
	want("a prerelease", "second", "BSD")
	change(registry.PackageChange{Summary: text("from a recipe")})
	publish("1.2", "third", "")
	want("after what an uploader said", "third", "BSD")
	change(registry.PackageChange{Summary: text("by hand"), ByHand: true})
	publish("1.3", "fourth", "GPL")
	want("after a change by hand", "by hand", "GPL")
	change(registry.PackageChange{Summary: text(""), ByHand: true})
	publish("1.4", "fifth", "")
	want("when that was taken back", "fifth", "GPL")
}

// TestDescribeGiven: what "anaconda package --create" says stays, unless the first
// file says the same.
func TestDescribeGiven(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	for given, want := range map[string]string{"given": "given", " first": "second"} {
		name := "p" + want
		if _, err := s.CreatePackage(t.Context(), brook, "brook", name, registry.PackageChange{Summary: &given}); err != nil {
			t.Fatal(err)
		}
		s.Publish(t, brook, "brook", condatest.Spec{Name: name, Version: "1.0", Summary: "first"})
		s.Publish(t, brook, "brook", condatest.Spec{Name: name, Version: "1.1", Summary: "second"})
		if d, err := s.Package(t.Context(), brook, "brook", name); err != nil || d.Summary != want {
			t.Errorf("given %q: got %q, %v, want %q", given, d.Summary, err, want)
		}
	}
}

func picture(t *testing.T, side int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, side, side))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestThumbnail(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	small, large, none := picture(t, 20), picture(t, 1001), []byte{}
	private := model.Private
	if _, err := s.CreatePackage(t.Context(), brook, "brook", "demo", registry.PackageChange{Thumbnail: &small, Access: &private}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Thumbnail(t.Context(), brook, "brook", "demo"); err != nil || !bytes.Equal(got, small) {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
	if _, err := s.Thumbnail(t.Context(), s.Actor(t, "casey"), "brook", "demo"); model.CodeOf(err) != model.NotFound {
		t.Errorf("a stranger gets %v", err)
	}
	text := []byte("<svg onload=alert(1)>")
	for name, bad := range map[string]*[]byte{"large": &large, "no picture": &text} {
		if _, err := s.UpdatePackage(t.Context(), brook, "brook", "demo", registry.PackageChange{Thumbnail: bad}); model.CodeOf(err) != model.Invalid {
			t.Errorf("%s: %v, want Invalid", name, err)
		}
	}
	list, _, err := s.Packages(t.Context(), brook, registry.PackageFilter{Owner: "brook"})
	if err != nil || len(list) != 1 || list[0].Thumbnail == "" {
		t.Errorf("the list has %+v, %v", list, err)
	}
	d, err := s.UpdatePackage(t.Context(), brook, "brook", "demo", registry.PackageChange{Thumbnail: &none})
	if err != nil || d.Thumbnail != "" {
		t.Errorf("taken away: %q, %v", d.Thumbnail, err)
	}
	if _, err := s.Thumbnail(t.Context(), brook, "brook", "demo"); model.CodeOf(err) != model.NotFound {
		t.Errorf("after that: %v", err)
	}
}
