package registry

import (
	"context"
	"io"
	"strings"

	"vivarium/app/blob"
	"vivarium/app/format/conda"
	"vivarium/app/format/pypi"
	"vivarium/app/model"
	"vivarium/app/store"
)

// kind is how files of one package type are named and read.
type kind struct {
	// check compares a file's name with the package and version that were announced,
	// before its bytes come.
	check func(r *Registry, pkg, version, basename string) error
	read  func(f io.ReaderAt, fileName string, digest blob.Digest) (archive, error)
	// named says of which package a file of that name is, and find returns the
	// channel's file of a basename. Both are nil for types whose files say neither
	// package nor version (upload_dated.go).
	named func(fileName string) (string, error)
	find  func(tx *store.Store, ctx context.Context, accountID int64, basename string) (model.File, error)
}

// kindOf returns the kind of a package type. Those that are not read are kept as
// they are: any file, projects, installers.
func kindOf(t model.PackageType) kind {
	switch t {
	case model.Conda:
		return kind{checkCondaBasename, readConda, namedConda, (*store.Store).CondaFile}
	case model.PyPI:
		return kind{checkPythonBasename, readPython, namedPython, (*store.Store).PythonFile}
	case model.RPackage:
		return kind{checkRBasename, readR, namedR, (*store.Store).RFile}
	case model.Notebook:
		return kind{check: endsWith("a notebook", ".ipynb"), read: readNotebook}
	case model.Environment:
		return kind{check: endsWith("an environment file", ".yml", ".yaml"), read: readEnvironment}
	}
	return kind{check: endsWith("a file", ""), read: readAny}
}

// endsWith returns a check for files whose names end so.
func endsWith(what string, endings ...string) func(*Registry, string, string, string) error {
	return func(_ *Registry, _, _, basename string) error {
		if err := model.CheckAnyFileName(basename); err != nil {
			return err
		}
		for _, e := range endings {
			if strings.HasSuffix(strings.ToLower(basename), e) {
				return nil
			}
		}
		return model.Errorf(model.Invalid, "The name of %s ends with %s, unlike \"%s\".", what, strings.Join(endings, " or "), shorten(basename))
	}
}

func readAny(io.ReaderAt, string, blob.Digest) (archive, error) { return archive{}, nil }

func namedConda(fileName string) (string, error) {
	name, _, _, _, err := conda.CheckFileName(fileName)
	return name, err
}

func namedPython(fileName string) (string, error) {
	n, err := pypi.ParseFileName(fileName)
	return n.Name, err
}
