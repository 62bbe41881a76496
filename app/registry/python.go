package registry

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"vivarium/app/format/pypi"
	"vivarium/app/model"
	"vivarium/app/store"
)

// PythonProject is a project's page in a simple index: the files that carry the
// label, by version and name.
type PythonProject struct {
	Name     string // normalized (PEP 503)
	Package  model.Package
	Files    []model.File
	Versions []string // normalized (PEP 440), ascending, of Files
	// Modified is when the channel's index last changed.
	Modified time.Time
}

// PythonProject returns a project of a channel's simple index as actor sees it.
// Absent and hidden are NotFound in the same words; a project without files
// under the label is NotFound too.
func (r *Registry) PythonProject(ctx context.Context, actor model.Actor, channel, label, name string) (PythonProject, error) {
	if _, _, err := r.findProject(ctx, r.Store, actor, channel, name); err != nil { // as Package does
		return PythonProject{}, err
	}
	var out PythonProject
	err := r.Store.InReadTx(ctx, func(tx *store.Store) error {
		a, p, err := r.findProject(ctx, tx, actor, channel, name)
		if err != nil {
			return err
		}
		files, err := tx.PythonFiles(ctx, p, model.FoldName(label))
		if err != nil {
			return err
		}
		if len(files) == 0 {
			return noProject(a, name)
		}
		if p.Status == model.Quarantined { // there, but nothing of it is given out
			files = nil
		}
		out = PythonProject{Name: p.NormalizedName, Package: p, Files: files}
		out.Modified, err = modified(ctx, tx, actor, a)
		return err
	})
	out.order()
	return out, err
}

// findProject returns a channel and its project of that name if actor may see it.
func (r *Registry) findProject(ctx context.Context, tx *store.Store, actor model.Actor, channel, name string) (model.Account, model.Package, error) {
	a, err := r.account(ctx, tx, actor, channel)
	if err != nil {
		return a, model.Package{}, err
	}
	p, err := tx.PythonProject(ctx, a.ID, model.NormalizePyPI(name))
	if model.CodeOf(err) == model.NotFound {
		return a, p, r.missing(ctx, tx, actor, a, noProject(a, name))
	}
	if err == nil {
		_, err = r.requirePackage(ctx, tx, actor, a, p, model.Read, noProject(a, name))
	}
	return a, p, err
}

func noProject(a model.Account, name string) error {
	return model.Errorf(model.NotFound, "There is no project %s in %s.", shorten(name), a.Login)
}

// order sorts the files by version and name and collects their versions. Many
// files share a version, and comparing versions is dear, so those come first.
func (p *PythonProject) order() {
	rank := map[string]int{}
	for _, f := range p.Files {
		rank[f.Version] = 0
	}
	for i, v := range slices.SortedFunc(maps.Keys(rank), compareVersions) {
		rank[v] = i
		if parsed, err := pypi.ParseVersion(v); err == nil {
			v = parsed.String()
		}
		p.Versions = append(p.Versions, v)
	}
	p.Versions = slices.Compact(p.Versions)
	slices.SortFunc(p.Files, func(a, b model.File) int {
		return cmp.Or(rank[a.Version]-rank[b.Version], strings.Compare(a.Basename, b.Basename))
	})
}

// compareVersions orders those that PEP 440 calls equal by how they are written.
func compareVersions(a, b string) int {
	return cmp.Or(pypi.CompareVersions(a, b), strings.Compare(a, b))
}

// PythonIndex is the list of projects in a simple index.
type PythonIndex struct {
	Names []string // normalized (PEP 503), sorted
	// Modified is when the channel's index last changed.
	Modified time.Time
}

// PythonProjects lists the projects in a channel's simple index that actor sees.
func (r *Registry) PythonProjects(ctx context.Context, actor model.Actor, channel, label string) (PythonIndex, error) {
	var out PythonIndex
	err := r.Store.InReadTx(ctx, func(tx *store.Store) error {
		a, err := r.account(ctx, tx, actor, channel)
		if err != nil {
			return err
		}
		sight, err := r.sight(actor)
		if err != nil {
			return err
		}
		if actor.Operator { // who owns every account
			sight.Owns = []int64{a.ID}
		}
		out.Names, err = tx.PythonProjects(ctx, a.ID, model.FoldName(label), sight)
		if err != nil {
			return err
		}
		out.Modified, err = modified(ctx, tx, actor, a)
		return err
	})
	return out, err
}

// OpenPythonFile opens a file of a simple index for a download. With a label it
// must carry it; an empty label means any file. sha256 is the digest in its
// address: other bytes that have had the name are not found under it.
func (r *Registry) OpenPythonFile(ctx context.Context, actor model.Actor, channel, label, sha256, fileName string) (OpenedFile, error) {
	f, d, err := r.findPythonFile(ctx, actor, channel, label, sha256, fileName)
	if err != nil {
		return OpenedFile{}, err
	}
	return r.openFile(f, d)
}

// OpenPythonMetadata opens the core metadata of a file (PEP 658). Its File has
// the name, the digest and the size of the metadata.
func (r *Registry) OpenPythonMetadata(ctx context.Context, actor model.Actor, channel, label, sha256, fileName string) (OpenedFile, error) {
	f, d, err := r.findPythonFile(ctx, actor, channel, label, sha256, fileName)
	if err != nil {
		return OpenedFile{}, err
	}
	if err := givenOut(f, d); err != nil {
		return OpenedFile{}, err
	}
	if f.MetadataSHA256 == "" {
		return OpenedFile{}, model.Errorf(model.NotFound, "%s has no metadata beside it.", f.Basename)
	}
	bytes, err := r.Blobs.Open(f.MetadataSHA256)
	if err != nil {
		return OpenedFile{}, err
	}
	f.Basename, f.SHA256, f.MD5 = f.Basename+".metadata", f.MetadataSHA256, ""
	if info, err := bytes.Stat(); err == nil {
		f.Size = info.Size()
	}
	return OpenedFile{File: f, Bytes: bytes}, nil
}

func (r *Registry) findPythonFile(ctx context.Context, actor model.Actor, channel, label, sha256, fileName string) (model.File, PackageDetail, error) {
	a, err := r.account(ctx, r.Store, actor, channel)
	if err != nil {
		return model.File{}, PackageDetail{}, err
	}
	absent := model.Errorf(model.NotFound, "There is no file %s in %s.", shorten(fileName), a.Login)
	f, err := r.Store.PythonFile(ctx, a.ID, fileName)
	if model.CodeOf(err) == model.NotFound || err == nil && (f.SHA256 != sha256 || label != "" && !slices.Contains(f.Labels, model.FoldName(label))) {
		return f, PackageDetail{}, r.missingFile(ctx, actor, a, absent)
	}
	if err != nil {
		return f, PackageDetail{}, err
	}
	p, err := r.Store.Package(ctx, a.ID, model.FoldName(f.Package))
	if err != nil {
		return f, PackageDetail{}, err
	}
	have, err := r.requirePackage(ctx, r.Store, actor, a, p, model.Read, absent)
	return f, PackageDetail{Package: p, Account: a, Permission: have}, err
}
