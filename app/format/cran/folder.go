package cran

import (
	"regexp"
	"strings"
)

// Folder is a folder of a CRAN-like repository, in which R looks for packages of one
// kind.
type Folder struct{ Built }

var series = regexp.MustCompile(`^[0-9]+\.[0-9]+$`)

// ParseFolder returns the folder at a path: src/contrib, bin/windows/contrib/4.3,
// bin/macosx/contrib/4.2 or bin/macosx/big-sur-arm64/contrib/4.3.
func ParseFolder(path string) (Folder, bool) {
	parts := strings.Split(path, "/")
	if path == "src/contrib" {
		return Folder{Built{System: Source}}, true
	}
	if len(parts) < 4 || len(parts) > 5 || parts[0] != "bin" || parts[len(parts)-2] != "contrib" || !series.MatchString(parts[len(parts)-1]) {
		return Folder{}, false
	}
	f := Folder{Built{System: System(parts[1]), R: parts[len(parts)-1], Arch: "x86_64"}}
	switch {
	case f.System == Windows && len(parts) == 4, f.System == MacOS && len(parts) == 4:
		return f, true
	case f.System == MacOS:
		if strings.HasSuffix(parts[2], "arm64") {
			f.Arch = "aarch64"
		}
		return f, true
	}
	return Folder{}, false
}

// Holds reports whether packages of that kind belong into the folder. One without
// anything compiled fits every processor.
func (f Folder) Holds(b Built) bool {
	return f.System == b.System && f.R == b.R && (b.System == Source || b.Arch == "" || b.Arch == f.Arch)
}
