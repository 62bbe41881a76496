package registry

import (
	"encoding/json"
	"mime"
	"slices"

	"vivarium/app/model"
	"vivarium/app/render"
)

// Readme is the description as a page draws it where its maker says that it is
// Markdown, and else empty: it is plain text then.
func (d PackageDetail) Readme() model.HTML {
	if d.Description == "" || slices.Contains(d.Edited, "description") || !d.describedInMarkdown() {
		return ""
	}
	readSlots <- struct{}{}
	defer func() { <-readSlots }()
	return render.Markdown(d.Description)
}

// describedInMarkdown reports whether the newest version has Python files alone, the
// last of which says so: a conda package names no language.
func (d PackageDetail) describedInMarkdown() bool {
	release, err := d.Release(d.LatestVersion)
	if err != nil || len(release.Files) == 0 {
		return false
	}
	last := release.Files[0]
	for _, f := range release.Files {
		if f.Type != model.PyPI {
			return false
		}
		if f.UploadedAt.After(last.UploadedAt) {
			last = f
		}
	}
	var said struct {
		Type string `json:"description_content_type"`
	}
	if json.Unmarshal(last.Record, &said) != nil {
		return false
	}
	kind, _, err := mime.ParseMediaType(said.Type)
	return err == nil && kind == "text/markdown"
}
