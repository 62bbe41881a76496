package views

import (
	"strconv"
	"strings"
	"time"

	"vivarium/app/model"
)

// FilesProps is the page of a package's files.
type FilesProps struct {
	PackageHead
	List FileList
}

// FileList is the filtered list of a package's files: the part of the page that
// changes when the filter does.
type FileList struct {
	Owner, Package string
	Action         string
	Filters        []FileFilter
	// Filtered says that a filter is in force.
	Filtered bool
	Files    []model.File
	Size     int64 // of all files that match
	Pager    Pager
	// Downloads says that a browser may fetch the files without a token.
	Downloads bool
	// Actions is what can be done to ticked files.
	Actions *FileActions
	Now     time.Time
}

// FileFilter is one select of the filter form.
type FileFilter struct {
	Name, Label string
	Options     []Option
}

// Text is the sentence that is read out after a change: 14 files.
func (l FileList) Text() string { return plural(l.Pager.Total, "file", "files") }

// FileCount says how many files: 3 files.
func FileCount(n int) string { return plural(n, "file", "files") }

// FileProps is the page of one file.
type FileProps struct {
	PackageHead
	File    model.File
	Install Install
	// Record is the package record as the index serves it, indented.
	Record  string
	Depends []string
	// Download says that a browser may fetch the file without a token.
	Download bool
	// Forms is what the viewer may change.
	Forms *FileForms
	Now   time.Time
}

// hidden are the fields by which a form names the file of the page, and comes back
// to it.
func (p FileProps) hidden(do string) []Hidden {
	fields := []Hidden{{"do", do}, {"file", FileKey(p.File)}, {"back", ToFilePage}}
	if do != DoRemove {
		fields = append(fields, Hidden{Confirmed, "1"})
	}
	return fields
}

// fileName is a file's name without its subdir.
func fileName(f model.File) string { return f.Basename[strings.LastIndex(f.Basename, "/")+1:] }

// platform is a file's subdir, or what stands for it in other types.
func platform(f model.File) string {
	if f.Subdir == "" {
		return "any"
	}
	return f.Subdir
}

// shortHash is enough of a digest to compare by eye.
func shortHash(hex string) string {
	if len(hex) > 12 {
		return hex[:12] + "…"
	}
	return hex
}

func fileURL(f model.File) string { return FileURL(f.Owner, f.Package, f.Version, f.Basename) }

func fileRowID(f model.File) string { return "file-" + strconv.FormatInt(f.ID, 10) }

// address is the file's own address, from which every client of its kind installs
// it.
func (p FileProps) address() string {
	return tokenBase(p.Install.Base, p.Install.NeedsToken) + DownloadURL(p.File)
}

// pinned names exactly this build to a solver.
func (p FileProps) pinned() string {
	return `"` + p.Install.Name + "[version=" + p.File.Version + ",build=" + p.File.Build + `]"`
}
