package sitedump

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"vivarium/app/model"
	"vivarium/app/moving"
	"vivarium/app/registry"
)

// idPrefix is what the original writes before names: the number of its database.
var idPrefix = regexp.MustCompile(`^[0-9a-f]{24}--`)

// packagesBelow lists the package folders of an account.
func packagesBelow(dump fs.FS, account string) ([]moving.Listed, error) {
	folders, err := fs.ReadDir(dump, account)
	var list []moving.Listed
	for _, f := range folders {
		if _, name, ok := strings.Cut(f.Name(), "--"); ok && f.IsDir() && name != "" {
			folder := path.Join(account, f.Name())
			list = append(list, moving.Listed{Name: name, Read: func(context.Context) (moving.Package, error) { return readPackage(dump, folder, name) }})
		}
	}
	slices.SortFunc(list, func(a, b moving.Listed) int { return cmp.Compare(a.Name, b.Name) })
	return list, err
}

func readPackage(dump fs.FS, folder, name string) (moving.Package, error) {
	raw, err := readMeta(dump, folder)
	if errors.Is(err, fs.ErrNotExist) {
		// Who may see it is not known: nobody sees what should not be seen.
		raw, err = []byte(`{"access": "private"}`), nil
	}
	if err != nil {
		return moving.Package{}, err
	}
	p, err := moving.ParsePackage(raw)
	if err != nil {
		return p, err
	}
	p.Name = cmp.Or(p.Name, name)
	found, err := filesBelow(dump, folder)
	if err != nil {
		return p, err
	}
	locate(&p, dump, found)
	addUndescribed(&p, dump, found)
	if len(p.Types) == 0 {
		for _, f := range p.Files {
			if !slices.Contains(p.Types, f.Type) {
				p.Types = append(p.Types, f.Type)
			}
		}
	}
	return p, nil
}

// onDisk is a file in a package's folder.
type onDisk struct {
	path    string // in the dump
	inside  string // the package's folder, without numbers before the names
	size    int64
	claimed bool
}

func filesBelow(dump fs.FS, folder string) ([]*onDisk, error) {
	var list []*onDisk
	err := fs.WalkDir(dump, folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || name == path.Join(folder, metaFile) {
			return err
		}
		info, err := fs.Stat(dump, name)
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		inside := strings.TrimPrefix(name, folder+"/")
		dir, file := path.Split(inside)
		list = append(list, &onDisk{path: name, inside: dir + idPrefix.ReplaceAllString(file, ""), size: info.Size()})
		return nil
	})
	return list, err
}

// locate finds the described files in the folder. One that is not there stays, and
// opening it says so.
func locate(p *moving.Package, dump fs.FS, found []*onDisk) {
	for i := range p.Files {
		f := &p.Files[i]
		place := find(*f, found)
		if place == nil {
			f.Open = func(context.Context) (io.ReadCloser, error) {
				return nil, model.Errorf(model.NotFound, "The dump describes it, but has no such file.")
			}
			continue
		}
		place.claimed = true
		f.Size, f.Open = place.size, opener(dump, place.path)
	}
}

// find returns the file that is meant: by its whole name, by its name in a folder of
// its version, or by its name alone when that is the only one.
func find(f moving.File, found []*onDisk) *onDisk {
	var namesakes []*onDisk
	for _, d := range found {
		if d.inside == f.Basename || d.inside == path.Join(f.Version, f.Basename) {
			return d
		}
		if path.Base(d.inside) == path.Base(f.Basename) && !d.claimed {
			namesakes = append(namesakes, d)
		}
	}
	for _, d := range namesakes {
		if dir := "/" + path.Dir(d.inside) + "/"; strings.Contains(dir, "/"+path.Dir(f.Basename)+"/") || strings.Contains(dir, "/"+f.Version+"/") {
			return d
		}
	}
	if len(namesakes) == 1 {
		return namesakes[0]
	}
	return nil
}

func opener(dump fs.FS, name string) func(context.Context) (io.ReadCloser, error) {
	return func(context.Context) (io.ReadCloser, error) { return dump.Open(name) }
}

// addUndescribed takes what lies in the folder and is not described, if it says
// itself what it is.
func addUndescribed(p *moving.Package, dump fs.FS, found []*onDisk) {
	for _, d := range found {
		name := path.Base(d.inside)
		switch {
		case d.claimed:
		case !registry.Importable(name):
			p.PassedOver = append(p.PassedOver, moving.Remark{Name: p.Name + "/" + d.inside, Reason: metaFile + " does not describe it, and it does not say itself what it is."})
		default:
			f := moving.File{Type: registry.TypeOfName(name), Basename: name, Size: d.size, Open: opener(dump, d.path)}
			if dir := path.Base(path.Dir(d.inside)); f.Type == model.Conda && model.WellFormedSubdir(dir) {
				f.Basename = dir + "/" + name
			}
			p.Files = append(p.Files, f)
		}
	}
}
