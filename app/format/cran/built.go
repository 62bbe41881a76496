package cran

import (
	"regexp"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// System is what a package was built for.
type System string

// The systems. Source is for all of them.
const (
	Source  System = "source"
	Windows System = "windows"
	MacOS   System = "macosx"
)

// Built says what a package was built for; the zero Built, with Source, is a source
// package.
type Built struct {
	System System `json:"system"`
	// R is the series of R that installs it, such as 4.3.
	R string `json:"r,omitempty"`
	// Arch is x86_64 or aarch64, empty when nothing in it was compiled.
	Arch string `json:"arch,omitempty"`
}

var rSeries = regexp.MustCompile(`^R ([0-9]+\.[0-9]+)(\.[0-9]+)*$`)

// builtOf reads the field Built, as "R 4.3.1; x86_64-w64-mingw32; 2023-07-01; windows",
// which must agree with the file's ending.
func builtOf(d Description, ending string) (Built, error) {
	field := d.Get("Built")
	if ending == sourceEnding {
		if field != "" {
			return Built{}, model.Errorf(model.Invalid, "The package is built (%s), but its name is that of a source package.", archive.Quote(field))
		}
		return Built{System: Source}, nil
	}
	parts := strings.Split(field, ";")
	series := rSeries.FindStringSubmatch(strings.TrimSpace(parts[0]))
	if len(parts) != 4 || series == nil {
		return Built{}, model.Errorf(model.Invalid, "DESCRIPTION does not say by which R the package was built: Built is %s.", archive.Quote(field))
	}
	b := Built{System: MacOS, R: series[1]}
	if ending == windowsEnding {
		b.System = Windows
	}
	if windows := strings.TrimSpace(parts[3]) == "windows"; windows != (b.System == Windows) {
		return Built{}, model.Errorf(model.Invalid, "The package was built for %s, and its name ends with %s.", archive.Quote(parts[3]), ending)
	}
	b.Arch, _, _ = strings.Cut(strings.TrimSpace(parts[1]), "-")
	return b, nil
}
