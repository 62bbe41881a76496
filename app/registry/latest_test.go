package registry

import (
	"slices"
	"testing"

	"vivarium/app/model"
)

// TestLatest: the newest stable version is the latest, whatever else there is.
func TestLatest(t *testing.T) {
	t.Parallel()
	conda, python := []model.PackageType{model.Conda}, []model.PackageType{model.PyPI}
	for _, tt := range []struct {
		types    []model.PackageType
		versions []string
		want     string
	}{
		{conda, []string{"1.9", "1.10", "1.2"}, "1.10"},
		{conda, []string{"1.9", "2.0rc1", "2.0.dev3"}, "1.9"},
		{conda, []string{"2024.1", "1!0.3", "1!0.4a"}, "1!0.3"},
		{conda, []string{"1.0", "1.0+local", "1.0.post1"}, "1.0.post1"},
		{conda, []string{"zz..9", "2.0rc1", "1__0"}, "2.0rc1"}, // what is no version never wins
		{conda, []string{"zz..9", "0.1"}, "0.1"},
		{conda, []string{"1..0"}, "1..0"},
		{conda, nil, ""},
		{python, []string{"1.9", "1.10", "2.0rc1", "1.10.post1"}, "1.10.post1"},
		{python, []string{"2004d", "2.0b1", "1!0.1a1"}, "1!0.1a1"},
		{python, []string{"really-old", "0.1"}, "0.1"},
		{append(conda, python...), []string{"1.0", "2.0.rc1"}, "1.0"},
	} {
		for range 2 {
			slices.Reverse(tt.versions)
			p := model.Package{Types: tt.types, Versions: slices.Clone(tt.versions)}
			if orderVersions(&p); p.LatestVersion != tt.want {
				t.Errorf("%v of %q: the latest is %q, want %q", tt.types, tt.versions, p.LatestVersion, tt.want)
			}
		}
	}
}

func TestLatestPassesOverYanked(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		yanked []string
		want   string
	}{{nil, "2.0"}, {[]string{"2.0"}, "1.0"}, {[]string{"1.0", "2.0"}, "3.0rc1"}, {[]string{"1.0", "2.0", "3.0rc1"}, "2.0"}} {
		p := model.Package{Types: []model.PackageType{model.Conda}, Versions: []string{"3.0rc1", "2.0", "1.0"}, YankedVersions: tt.yanked}
		if orderVersions(&p); p.LatestVersion != tt.want {
			t.Errorf("with %q yanked the latest is %q, want %q", tt.yanked, p.LatestVersion, tt.want)
		}
	}
}
