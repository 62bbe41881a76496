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
	return ui.drawFiles(w, r, http.StatusOK, p, "")
}

// drawFiles draws the files of a package. Who may change them may tick them;
// problem says why the last time was refused.
func (ui *Surface) drawFiles(w http.ResponseWriter, r *http.Request, status int, p registry.PackageDetail, problem string) error {
	props := views.FilesProps{
		PackageHead: packageHead(p, newest(p).Version, views.PackageFilesURL(p.Owner, p.Name)),
		List:        ui.fileList(r, p),
	}
	if p.Permission >= model.Write {
		labels, err := ui.channelLabels(r, p)
		if err != nil {
			return err
		}
		props.List.Actions = &views.FileActions{Labels: labels, Yanked: slices.ContainsFunc(props.List.Files, model.File.Yanked), Problem: problem}
	}
	layout := ui.layout(r, "Files of "+p.Name+", "+p.Owner)
	layout.Path, layout.Failed = props.Path, problem != ""
	return ui.draw(w, r, status, views.FilesPage(layout, props), views.FilesPartial(props.List))
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
	return ui.drawFile(w, r, http.StatusOK, ui.fileProps(r, p, shown, shown.Files[i]), p)
}

// drawFile draws the page of a file, with forms for who may change it.
func (ui *Surface) drawFile(w http.ResponseWriter, r *http.Request, status int, props views.FileProps, p registry.PackageDetail) error {
	if p.Permission >= model.Write {
		labels, err := ui.channelLabels(r, p)
		if err != nil {
			return err
		}
		if props.Forms == nil {
			props.Forms = &views.FileForms{Patch: indented(props.File.Patch), PatchReason: props.File.PatchReason}
		}
		props.Forms.Labels = labels
	}
	layout := ui.layout(r, props.File.Basename+", "+p.Owner)
	layout.Path, layout.Failed = views.FileURL(p.Owner, p.Name, props.File.Version, props.File.Basename), status != http.StatusOK
	return ui.draw(w, r, status, views.FilePage(layout, props), nil)
}

// drawFileForms draws the page of a file with a form that came back.
func (ui *Surface) drawFileForms(w http.ResponseWriter, r *http.Request, p registry.PackageDetail, c views.FileChange) error {
	f := c.Files[0]
	shown, err := chosenRelease(p, f.Version)
	if err != nil {
		return err
	}
	props := ui.fileProps(r, p, shown, f)
	props.Forms = &views.FileForms{
		NewLabel: formText(r, "new"), Reason: c.Reason, Patch: r.PostFormValue("patch"), PatchReason: c.Reason, Do: c.Do, Problems: c.Problems,
	}
	if c.Do != views.DoPatch {
		props.Forms.Patch, props.Forms.PatchReason = indented(f.Patch), f.PatchReason
	}
	return ui.drawFile(w, r, http.StatusUnprocessableEntity, props, p)
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
