package web

import (
	"net/http"
	"slices"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// showVersions draws every version of a package, newest first.
func (ui *Surface) showVersions(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.findPackage(r)
	if err != nil {
		return err
	}
	props := views.VersionsProps{
		PackageHead: packageHead(p, newest(p).Version, views.PackageVersionsURL(p.Owner, p.Name)),
		Rows:        versionRows(p), Now: ui.Registry.Clock.Now(),
	}
	layout := ui.layout(r, "Versions of "+p.Name+", "+p.Owner)
	layout.Path = props.Path
	return ui.draw(w, r, http.StatusOK, views.VersionsPage(layout, props), nil)
}

// versionRows lists the releases of a package, newest first.
func versionRows(p registry.PackageDetail) []views.VersionRow {
	rows := make([]views.VersionRow, 0, len(p.Releases))
	early := true
	for _, release := range slices.Backward(p.Releases) {
		latest := release.Version == newest(p).Version
		early = early && !latest
		rows = append(rows, views.VersionRow{
			Version: release.Version, Labels: labelsOf(release), Files: len(release.Files),
			Latest: latest, Early: early, Announce: release.Announce, UploadedAt: lastUpload(release),
		})
		row := &rows[len(rows)-1]
		row.Yanked, row.YankReason = yanked(release)
		row.Early = row.Early && !row.Yanked
	}
	return rows
}

// yanked reports whether all files of a release are yanked, and why the first is.
func yanked(release registry.ReleaseDetail) (all bool, reason string) {
	for _, f := range release.Files {
		if !f.Yanked() {
			return false, ""
		}
	}
	if len(release.Files) == 0 {
		return false, ""
	}
	return true, release.Files[0].YankReason
}

func lastUpload(release registry.ReleaseDetail) time.Time {
	at := release.CreatedAt
	for _, f := range release.Files {
		if f.UploadedAt.After(at) {
			at = f.UploadedAt
		}
	}
	return at
}

// labelsOf lists the labels on the files of releases: main first, then by name.
func labelsOf(releases ...registry.ReleaseDetail) []string {
	var labels []string
	for _, release := range releases {
		for _, f := range release.Files {
			labels = append(labels, f.Labels...)
		}
	}
	slices.SortFunc(labels, compareLabels)
	return slices.Compact(labels)
}

func compareLabels(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == model.MainLabel, b != model.MainLabel && a < b:
		return -1
	}
	return 1
}

// installLabel is the label under which a release is found.
func installLabel(release registry.ReleaseDetail) string {
	if labels := labelsOf(release); len(labels) > 0 {
		return labels[0]
	}
	return model.MainLabel
}

func sizeOf(files []model.File) int64 {
	var total int64
	for _, f := range files {
		total += f.Size
	}
	return total
}
