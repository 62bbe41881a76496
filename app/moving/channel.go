package moving

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// ErrUnreachable is in the tree of errors after which nothing more can be had from
// the source.
var ErrUnreachable = errors.New("cannot be reached")

// Channel is a channel of another server.
type Channel struct {
	// From says to people where it is.
	From     string
	Packages []Listed
	Labels   []model.Label // their names and which of them are locked
	// PassedOver is what there is of it that cannot be taken.
	PassedOver []Remark
}

// Listed is a package as the list of a channel names it.
type Listed struct {
	Name string
	Read func(ctx context.Context) (Package, error)
}

// Package is a package of another server.
type Package struct {
	Name   string
	Access model.Access // empty: that of new packages here
	Types  []model.PackageType
	// Texts are what is said of it; nil is not said.
	Texts         registry.PackageChange
	Status        model.ProjectStatus
	StatusReason  string
	Releases      []Release
	Files         []File
	Collaborators []Collaborator
	// PassedOver is what there is of it that cannot be taken.
	PassedOver []Remark
}

// Release is what is said of one version.
type Release struct{ Version, Description, Announce string }

// Collaborator is somebody with a permission on the package.
type Collaborator struct {
	Login      string
	Permission model.Permission
}

// File is a file of another server.
type File struct {
	Type              model.PackageType
	Version, Basename string
	Size              int64
	Labels            []string
	Unlabelled        bool // it is known to have no label, which without labels means main
	SHA256, MD5       string
	Description       string
	UploadedAt        time.Time
	Downloads         int64
	Yanked            bool
	YankReason        string
	Patch             json.RawMessage
	PatchReason       string
	Open              func(ctx context.Context) (io.ReadCloser, error)
}

// subdir is the folder in the file's basename.
func (f File) subdir() string {
	if dir := path.Dir(f.Basename); f.Type == model.Conda && dir != "." {
		return dir
	}
	return ""
}

// labels are those to put on the file.
func (f File) labels() []string {
	if len(f.Labels) == 0 && !f.Unlabelled {
		return []string{model.MainLabel}
	}
	return f.Labels
}

// sameBytes reports whether a digest that is said of f is that of have, and
// whether any is said.
func (f File) sameBytes(have model.File) (same, said bool) {
	switch {
	case f.SHA256 != "":
		return strings.EqualFold(f.SHA256, have.SHA256), true
	case f.MD5 != "":
		return strings.EqualFold(f.MD5, have.MD5), true
	}
	return false, false
}

// in finds the file among those of a package here. A file that says its version
// itself is known by its name alone, and by the end of it if its folder is not known.
func (f File) in(files []model.File) (model.File, bool) {
	for _, have := range files {
		name := have.Basename
		if f.Type == model.Conda && f.subdir() == "" {
			name = path.Base(name)
		}
		if have.Type == f.Type && name == f.Basename && (registry.SaysVersion(f.Type) || have.Version == f.Version) {
			return have, true
		}
	}
	return model.File{}, false
}
