package registry

import (
	"context"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"vivarium/app/format/cran"
	"vivarium/app/format/pypi"
	"vivarium/app/model"
	"vivarium/app/store"
)

// Files of some types do not say to which package they belong or which version they
// are. The package is then the one that the upload names, or one called after the
// file; the version the one that it names, or the time.

// timeVersion is the version of what was uploaded at t, as clients write it.
func timeVersion(t time.Time) string { return t.UTC().Format("2006.01.02.1504") }

// dated places a file of such a type: it returns its version, and the file that has
// the place already. Without a version the same bytes as the newest file of the name
// are that file, and others are a new version.
func (r *Registry) dated(ctx context.Context, tx *store.Store, d PackageDetail, a *archive, up Upload) (version string, old model.File, err error) {
	if d.ID == 0 {
		if up.Version != "" {
			return up.Version, old, nil
		}
		return timeVersion(r.Clock.Now()), old, nil
	}
	files, err := tx.Files(ctx, d.ID)
	if err != nil {
		return "", old, err
	}
	namesakes := slices.DeleteFunc(files, func(f model.File) bool { return f.Basename != a.file.Basename })
	if up.Version == "" {
		if n := len(namesakes); n > 0 && namesakes[n-1].SHA256 == a.file.SHA256 {
			return namesakes[n-1].Version, namesakes[n-1], nil
		}
		return freeVersion(timeVersion(r.Clock.Now()), namesakes), old, nil
	}
	i := slices.IndexFunc(namesakes, func(f model.File) bool { return f.Version == up.Version })
	switch {
	case i < 0:
		return up.Version, old, nil
	case namesakes[i].SHA256 == a.file.SHA256, up.Replace:
		return up.Version, namesakes[i], nil
	}
	return "", old, model.Errorf(model.Conflict, "Version %s of %s already has the file %s with other bytes (sha256 %s). Give it another version, or remove it first.",
		up.Version, d.FullName(), a.file.Basename, namesakes[i].SHA256)
}

// freeVersion returns version, with a number behind it when one of files has it.
func freeVersion(version string, files []model.File) string {
	free := version
	for n := 1; slices.ContainsFunc(files, func(f model.File) bool { return f.Version == free }); n++ {
		free = fmt.Sprintf("%s.%d", version, n)
	}
	return free
}

// packageOf returns the package that the file belongs to: as it says, as the upload
// says, as it suggests, or as it is called.
func (up Upload) packageOf(a archive) string {
	for _, name := range []string{a.name, up.Name, a.suggests} {
		if name != "" {
			return name
		}
	}
	return slug(up.FileName)
}

var outsideSlug = regexp.MustCompile(`[^a-z0-9_.-]+`)

// slug makes a package's name of a file's.
func slug(fileName string) string {
	s := strings.ToLower(fileName)
	for _, ending := range []string{".ipynb", ".yml", ".yaml"} {
		s = strings.TrimSuffix(s, ending)
	}
	s = strings.Trim(strings.ReplaceAll(outsideSlug.ReplaceAllString(s, "-"), "-.", "."), "-.")
	return s[:min(len(s), 128)]
}

// TypeOfName returns the package type that a file's name tells of: what tells none
// is any file.
func TypeOfName(fileName string) model.PackageType {
	lower := strings.ToLower(fileName)
	_, notPython := pypi.ParseFileName(fileName)
	_, notR := cran.ParseFileName(fileName)
	switch ending := path.Ext(lower); {
	case ending == ".conda", strings.HasSuffix(lower, ".tar.bz2"):
		return model.Conda
	case ending == ".whl", notPython == nil:
		return model.PyPI
	case notR == nil:
		return model.RPackage
	case ending == ".ipynb":
		return model.Notebook
	case ending == ".yml", ending == ".yaml":
		return model.Environment
	}
	return model.GenericFile
}
