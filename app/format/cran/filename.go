package cran

import (
	"regexp"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// The endings of R packages: the source and what macOS and Windows install.
const (
	sourceEnding  = ".tar.gz"
	macEnding     = ".tgz"
	windowsEnding = ".zip"
)

var (
	namePattern    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9.]*[A-Za-z0-9]$`)
	versionPattern = regexp.MustCompile(`^[0-9]+([.-][0-9]+)+$`)
)

// FileName is what the name of an R package's file says.
type FileName struct{ Name, Version, Ending string }

// ParseFileName takes name_1.0.tar.gz apart, or the same in .tgz or .zip. It fails
// with Invalid on anything else.
func ParseFileName(s string) (FileName, error) {
	if err := model.CheckFileName(s); err != nil {
		return FileName{}, err
	}
	for _, ending := range []string{sourceEnding, macEnding, windowsEnding} {
		stem, ok := strings.CutSuffix(s, ending)
		if !ok {
			continue
		}
		name, version, _ := strings.Cut(stem, "_")
		if err := check(name, version); err != nil {
			return FileName{}, err
		}
		return FileName{name, version, ending}, nil
	}
	return FileName{}, model.Errorf(model.Invalid, "An R package is named name_version.tar.gz, .tgz or .zip, not %s.", archive.Quote(s))
}

// check fails with Invalid unless R takes the name and the version.
func check(name, version string) error {
	switch {
	case !namePattern.MatchString(name):
		return model.Errorf(model.Invalid, "%s cannot name an R package: use letters, digits and dots, the first a letter, the last no dot.", archive.Quote(name))
	case !versionPattern.MatchString(version):
		return model.Errorf(model.Invalid, "%s cannot be the version of an R package: use at least two numbers with . or - between them.", archive.Quote(version))
	}
	if err := model.CheckPackageName(name); err != nil {
		return err
	}
	return model.CheckVersion(version)
}
