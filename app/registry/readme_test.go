package registry_test

import (
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
)

func TestReadme(t *testing.T) {
	t.Parallel()
	const text = "# Use\n\nSee **this** <script>alert(1)</script>"
	of := func(files ...model.File) registry.PackageDetail {
		d := registry.PackageDetail{Package: model.Package{Description: text, LatestVersion: "1.0"}}
		d.Releases = []registry.ReleaseDetail{{Release: model.Release{Version: "1.0"}, Files: files}}
		return d
	}
	wheel := func(kind string) model.File {
		return model.File{Type: model.PyPI, Record: []byte(`{"description_content_type": "` + kind + `"}`)}
	}
	edited := of(wheel("text/markdown"))
	edited.Edited = []string{"description"}
	const drawn = "<h2>Use</h2>\n<p>See <strong>this</strong> alert(1)</p>\n"
	for name, c := range map[string]struct {
		of   registry.PackageDetail
		want model.HTML
	}{
		"Markdown":                  {of(wheel("text/markdown")), drawn},
		"Markdown with parameters":  {of(wheel("text/markdown; charset=UTF-8; variant=GFM")), drawn},
		"another markup":            {of(wheel("text/x-rst")), ""},
		"nothing said":              {of(wheel("")), ""},
		"written by hand":           {edited, ""},
		"conda, which says nothing": {of(model.File{Type: model.Conda, Record: []byte("{}")}), ""},
		"both":                      {of(wheel("text/markdown"), model.File{Type: model.Conda, Record: []byte("{}")}), ""},
		"no files":                  {of(), ""},
	} {
		if got := c.of.Readme(); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
