package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/views"
)

// The keys of the address of a package's files.
const (
	queryVersion = "version"
	queryLabel   = "label"
	queryFile    = "file"
)

// showFiles draws the files of a package, or one of them when the address names
// it.
func (ui *Surface) showFiles(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.findPackage(r)
	if err != nil {
		return err
	}
	if r.URL.Query().Get(queryFile) != "" {
		return ui.showFile(w, r, p)
	}
	props := views.FilesProps{
		PackageHead: packageHead(p, newest(p).Version, views.PackageFilesURL(p.Owner, p.Name)),
		List:        ui.fileList(r, p),
	}
	layout := ui.layout(r, "Files of "+p.Name+", "+p.Owner)
	layout.Path = props.Path
	return ui.draw(w, r, http.StatusOK, views.FilesPage(layout, props), views.FilesPartial(props.List))
}

// fileList applies the filter of the request to the files of a package.
func (ui *Surface) fileList(r *http.Request, p registry.PackageDetail) views.FileList {
	path := views.PackageFilesURL(p.Owner, p.Name)
	q := readFiles(r, path)
	all := newestFirst(p)
	files := slices.DeleteFunc(slices.Clone(all), func(f model.File) bool { return !q.matches(f) })
	list := views.FileList{
		Owner: p.Owner, Package: p.Name, Action: path,
		Filters: fileFilters(q, p, all), Filtered: len(q.Values) > 0,
		Size: sizeOf(files), Pager: q.pager(len(files)), Downloads: !ui.needsToken(p), Now: ui.Registry.Clock.Now(),
	}
	list.Files = files[min(q.offset(), len(files)):min(q.offset()+pageSize, len(files))]
	return list
}

// newestFirst lists the files of a package, newest version first.
func newestFirst(p registry.PackageDetail) []model.File {
	var files []model.File
	for _, release := range slices.Backward(p.Releases) {
		for _, f := range release.Files {
			files = append(files, placed(p, release, f))
		}
	}
	return files
}

// placed returns f with the names of what it belongs to.
func placed(p registry.PackageDetail, release registry.ReleaseDetail, f model.File) model.File {
	f.Owner, f.Package, f.Version = p.Owner, p.Name, release.Version
	return f
}

// showFile draws the page of one file.
func (ui *Surface) showFile(w http.ResponseWriter, r *http.Request, p registry.PackageDetail) error {
	shown, err := chosenRelease(p, r.URL.Query().Get(queryVersion))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(shown.Files, func(f model.File) bool { return f.Basename == r.URL.Query().Get(queryFile) })
	if i < 0 {
		return model.Errorf(model.NotFound, "There is no such file.")
	}
	props := ui.fileProps(r, p, shown, shown.Files[i])
	layout := ui.layout(r, props.File.Basename+", "+p.Owner)
	layout.Path = views.FileURL(p.Owner, p.Name, shown.Version, props.File.Basename)
	return ui.draw(w, r, http.StatusOK, views.FilePage(layout, props), nil)
}

func (ui *Surface) fileProps(r *http.Request, p registry.PackageDetail, shown registry.ReleaseDetail, f model.File) views.FileProps {
	head := packageHead(p, shown.Version, views.PackageFilesURL(p.Owner, p.Name))
	props := views.FileProps{
		PackageHead: head, File: placed(p, shown, f), Install: ui.install(r, p, shown, head.Latest),
		Record: indented(f.Record), Depends: dependsOf(f.Record),
		Download: !ui.needsToken(p), Now: ui.Registry.Clock.Now(),
	}
	props.Install.Label = fileLabel(f)
	props.Install.Conda, props.Install.Python = f.Type == model.Conda, f.Type == model.PyPI
	return props
}

func fileLabel(f model.File) string {
	if len(f.Labels) == 0 {
		return model.MainLabel
	}
	return slices.MinFunc(f.Labels, compareLabels)
}

// indented writes a record for people; what is no JSON is left out.
func indented(record []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, record, "", "  ") != nil {
		return ""
	}
	return out.String()
}

// dependsOf is what a conda file's record, or a Python file's metadata, says that
// it needs.
func dependsOf(record []byte) []string {
	var r struct {
		Depends      []string
		RequiresDist []string `json:"requires_dist"`
	}
	if json.Unmarshal(record, &r) != nil {
		return nil
	}
	return append(r.Depends, r.RequiresDist...)
}
