package registry

import (
	"os"
	"strings"

	"vivarium/app/blob"
	"vivarium/app/model"
)

// kind is how files of one package type are named and read.
type kind struct {
	// check compares a file's name with the package and version that were announced,
	// before its bytes come.
	check func(r *Registry, pkg, version, basename string) error
	read  func(f *os.File, fileName string, digest blob.Digest) (archive, error)
}

// kindOf returns the kind of a package type. Those that are not read are kept as
// they are: any file, projects, installers.
func kindOf(t model.PackageType) kind {
	switch t {
	case model.Conda:
		return kind{checkCondaBasename, readConda}
	case model.PyPI:
		return kind{checkPythonBasename, readPython}
	case model.RPackage:
		return kind{checkRBasename, readR}
	case model.Notebook:
		return kind{endsWith("a notebook", ".ipynb"), readNotebook}
	case model.Environment:
		return kind{endsWith("an environment file", ".yml", ".yaml"), readEnvironment}
	}
	return kind{endsWith("a file", ""), readAny}
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

func readAny(*os.File, string, blob.Digest) (archive, error) { return archive{}, nil }
