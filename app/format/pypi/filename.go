package pypi

import (
	"strings"

	"vivarium/app/model"
)

// FileType is the kind of a distribution, as upload tools name it.
type FileType string

// The file types.
const (
	Wheel FileType = "bdist_wheel"
	Sdist FileType = "sdist"
)

// The endings of file names. Sdists in zip files are of the past, but still found.
const (
	wheelEnding = ".whl"
	tarEnding   = ".tar.gz"
	zipEnding   = ".zip"
)

// FileName is what the name of a distribution says.
type FileName struct {
	Type FileType
	// Name and Version are as written.
	Name, Version string
	// Build is a wheel's build tag, empty when it has none.
	Build string
	// The compatibility tags of a wheel, in lower case.
	PythonTags, ABITags, PlatformTags []string
}

// ParseFileName takes the file name of a wheel or sdist apart. It fails with
// Invalid when pip could not, or would read letters in it that look like others.
// In an sdist's name the border between name and version can be ambiguous: only
// the metadata tell.
func ParseFileName(fileName string) (FileName, error) {
	if err := model.CheckFileName(fileName); err != nil {
		return FileName{}, invalid("Invalid file name: %s", model.MessageOf(err))
	}
	if stem, ok := strings.CutSuffix(fileName, wheelEnding); ok {
		return parseWheelName(stem, fileName)
	}
	for _, ending := range []string{tarEnding, zipEnding} {
		if stem, ok := strings.CutSuffix(fileName, ending); ok {
			return parseSdistName(stem, fileName)
		}
	}
	return FileName{}, invalid("Invalid file name %s: a Python package ends in .whl or .tar.gz.", quote(fileName))
}

func parseSdistName(stem, fileName string) (FileName, error) {
	at := strings.LastIndexByte(stem, '-')
	if at <= 0 {
		return FileName{}, invalid("Invalid sdist filename (no version in it): %s. Name it NAME-VERSION.tar.gz.", quote(fileName))
	}
	name := FileName{Type: Sdist, Name: stem[:at], Version: stem[at+1:]}
	return name.checked("sdist", fileName)
}

// checked returns n if the parts that all names have are sound.
func (n FileName) checked(kind, fileName string) (FileName, error) {
	if CheckName(n.Name) != nil {
		return FileName{}, fieldError("name", "Invalid %s filename (%s is no project name): %s.", kind, quote(n.Name), quote(fileName))
	}
	if _, err := ParseVersion(n.Version); err != nil {
		return FileName{}, fieldError("version", "Invalid %s filename (%s is no version): %s. Write versions like 1.0 or 1.0rc1.", kind, quote(n.Version), quote(fileName))
	}
	return n, nil
}

// agrees fails with Invalid unless name and version, which place says, are those
// of the file name.
func (n FileName) agrees(place, name, version string) error {
	if NormalizeName(name) != NormalizeName(n.Name) {
		return fieldError("name", "Name in filename is %s, %s says %s. Build the file again instead of renaming it.", n.Name, place, quote(name))
	}
	if CompareVersions(version, n.Version) != 0 {
		return fieldError("version", "Version in filename is %s, %s says %s. Build the file again instead of renaming it.", n.Version, place, quote(version))
	}
	return nil
}
