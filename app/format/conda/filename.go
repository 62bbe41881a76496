package conda

import (
	"regexp"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// ArchiveType is the form of a conda package, which is also its extension.
type ArchiveType string

// The archive types: the current one and the older one.
const (
	TypeConda  ArchiveType = ".conda"
	TypeTarBz2 ArchiveType = ".tar.bz2"
)

// ArchiveTypeOf returns the archive type that a file name ends in.
func ArchiveTypeOf(fileName string) (ArchiveType, bool) {
	for _, t := range []ArchiveType{TypeConda, TypeTarBz2} {
		if strings.HasSuffix(fileName, string(t)) {
			return t, true
		}
	}
	return "", false
}

// What CEP 26 allows in a package's coordinates.
const (
	maxPart     = 64
	maxFileName = 211
)

var (
	namePattern  = regexp.MustCompile(`^[a-z0-9_][._-]?(?:[a-z0-9]+[._-])*[a-z0-9]*$`)
	buildPattern = regexp.MustCompile(`^[A-Za-z0-9_.+]+$`)
)

// CheckFileName splits name-version-build and the extension off a file name
// without subdir. It fails with Invalid when a part is not what conda allows there.
func CheckFileName(fileName string) (name, version, build string, t ArchiveType, err error) {
	if err = model.CheckFileName(fileName); err != nil {
		return
	}
	t, ok := ArchiveTypeOf(fileName)
	if !ok || len(fileName) > maxFileName {
		err = model.Errorf(model.Invalid, "%s cannot be a conda package: its name must end in .conda or .tar.bz2 and have at most %d letters.", archive.Quote(fileName), maxFileName)
		return
	}
	parts := strings.Split(strings.TrimSuffix(fileName, string(t)), "-")
	if len(parts) < 3 {
		err = model.Errorf(model.Invalid, "%s cannot be a conda package: its name must have the form name-version-build%s.", archive.Quote(fileName), t)
		return
	}
	last := len(parts) - 1
	name, version, build = strings.Join(parts[:last-1], "-"), parts[last-1], parts[last]
	err = checkCoordinates(name, version, build)
	return
}

func checkCoordinates(name, version, build string) error {
	if len(name) > maxPart || !namePattern.MatchString(name) || strings.HasPrefix(name, "__") {
		return model.FieldErrorf("name", "%s cannot name a conda package: use up to %d small letters, digits and single . _ or - between them.", archive.Quote(name), maxPart)
	}
	if err := checkVersion(version); err != nil {
		return err
	}
	if len(build) > maxPart || !buildPattern.MatchString(build) {
		return model.FieldErrorf("build", "%s cannot be a build string: use up to %d letters, digits and _ . +", archive.Quote(build), maxPart)
	}
	return nil
}
