package web

import (
	"net/http"
	"slices"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// fileQuery is what an address says about a package's list of files.
type fileQuery struct{ listQuery }

func readFiles(r *http.Request, path string) fileQuery {
	q := readPage(r, path)
	for _, key := range []string{queryVersion, queryPlatform, queryLabel} {
		value := r.URL.Query().Get(key)
		q.keep(key, value, value != "")
	}
	return fileQuery{q}
}

func (q fileQuery) matches(f model.File) bool {
	version, platform, label := q.Get(queryVersion), q.Get(queryPlatform), q.Get(queryLabel)
	return (version == "" || f.Version == version) &&
		(platform == "" || platformOf(f) == platform) &&
		(label == "" || slices.Contains(f.Labels, label) || label == views.NoLabel && len(f.Labels) == 0)
}

// fileFilters are the selects above the list: the values that occur.
func fileFilters(q fileQuery, p registry.PackageDetail, files []model.File) []views.FileFilter {
	var versions, platforms []string
	for _, release := range slices.Backward(p.Releases) {
		versions = append(versions, release.Version)
	}
	labels, unlabelled := q.options(queryLabel, labelsOf(p.Releases...)), false
	for _, f := range files {
		platforms = append(platforms, platformOf(f))
		unlabelled = unlabelled || len(f.Labels) == 0
	}
	if unlabelled {
		labels = append(labels, views.Option{Value: views.NoLabel, Name: "No label", Selected: q.Get(queryLabel) == views.NoLabel})
	}
	slices.SortFunc(platforms, comparePlatforms)
	return []views.FileFilter{
		{Name: queryVersion, Label: "Version", Options: q.options(queryVersion, versions)},
		{Name: queryPlatform, Label: "Platform", Options: q.options(queryPlatform, slices.Compact(platforms))},
		{Name: queryLabel, Label: "Label", Options: labels},
	}
}

func (q fileQuery) options(key string, values []string) []views.Option {
	now := q.Get(key)
	out := []views.Option{{Name: "All", Selected: now == ""}}
	for _, v := range values {
		out = append(out, views.Option{Value: v, Name: v, Selected: v == now})
	}
	return out
}
