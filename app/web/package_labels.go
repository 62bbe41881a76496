package web

import (
	"net/http"
	"slices"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// showPackageLabels draws which files of a package are on which label.
func (ui *Surface) showPackageLabels(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.findPackage(r)
	if err != nil {
		return err
	}
	props := views.PackageLabelsProps{
		PackageHead: packageHead(p, newest(p).Version, views.PackageLabelsURL(p.Owner, p.Name)), Base: baseURL(r), NeedsToken: ui.needsToken(p),
		Conda: p.HasType(model.Conda), Python: p.HasType(model.PyPI), Now: ui.Registry.Clock.Now(),
	}
	props.Rows, props.Unlabelled = packageLabels(p)
	layout := ui.layout(r, "Labels of "+p.Name+", "+p.Owner)
	layout.Path = props.Path
	return ui.draw(w, r, http.StatusOK, views.PackageLabelsPage(layout, props), nil)
}

// packageLabels gathers the labels of a package's files, main first, and counts the
// files that have none.
func packageLabels(p registry.PackageDetail) (rows []views.PackageLabel, unlabelled int) {
	for _, name := range labelsOf(p.Releases...) {
		rows = append(rows, views.PackageLabel{Name: name})
	}
	for _, release := range p.Releases { // ascending, so that the last is the newest
		for _, f := range release.Files {
			if len(f.Labels) == 0 {
				unlabelled++
			}
			for i := range rows {
				if slices.Contains(f.Labels, rows[i].Name) {
					countOn(&rows[i], release.Version, f)
				}
			}
		}
	}
	return rows, unlabelled
}

// countOn counts a file on a label.
func countOn(row *views.PackageLabel, version string, f model.File) {
	if row.Newest != version {
		row.Newest = version
		row.Versions++
	}
	row.Files++
	if f.UploadedAt.After(row.UploadedAt) {
		row.UploadedAt = f.UploadedAt
	}
}
