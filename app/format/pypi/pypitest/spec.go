package pypitest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Spec says what a distribution holds. Its zero value is a small pure package
// named demo 1.0.
type Spec struct {
	Name, Version string // demo, 1.0 when empty
	// Build is a wheel's build tag, Tags its three compatibility tags; none and
	// py3-none-any when empty.
	Build, Tags     string
	MetadataVersion string // 2.1 when empty
	Summary         string
	Requires        []string
	RequiresPython  string
	Extras          []string
	// Headers are further lines of the metadata, as in "License: MIT".
	Headers     []string
	Description string
	// Files are the package's own files by path; one module when nil.
	Files map[string]string
	// Meta holds further members of a wheel's dist-info folder by their name; they
	// stand in for the ones made here.
	Meta map[string]string
}

// WheelName returns the file name of the wheel that s describes.
func (s Spec) WheelName() string {
	s = s.withDefaults()
	parts := []string{s.stem(), s.Build, s.Tags}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), "-") + ".whl"
}

// SdistName returns the file name of the sdist that s describes.
func (s Spec) SdistName() string { return s.withDefaults().stem() + ".tar.gz" }

// Metadata returns the METADATA of a wheel, which is the PKG-INFO of an sdist.
func (s Spec) Metadata() string {
	s = s.withDefaults()
	lines := []string{"Metadata-Version: " + s.MetadataVersion, "Name: " + s.Name, "Version: " + s.Version}
	add := func(header string, values ...string) {
		for _, value := range values {
			if value != "" {
				lines = append(lines, header+": "+value)
			}
		}
	}
	add("Summary", s.Summary)
	add("Requires-Python", s.RequiresPython)
	add("Requires-Dist", s.Requires...)
	add("Provides-Extra", s.Extras...)
	lines = append(lines, s.Headers...)
	return strings.Join(lines, "\n") + "\n\n" + s.Description
}

func (s Spec) withDefaults() Spec {
	s.Name = cmp.Or(s.Name, "demo")
	s.Version = cmp.Or(s.Version, "1.0")
	s.Tags = cmp.Or(s.Tags, "py3-none-any")
	s.MetadataVersion = cmp.Or(s.MetadataVersion, "2.1")
	if s.Files == nil {
		s.Files = map[string]string{s.escapedName() + "/__init__.py": "GREETING = \"hello from " + s.Name + "\"\n"}
	}
	return s
}

func (s Spec) stem() string { return s.escapedName() + "-" + s.Version }

// escapedName is the name as it stands in file names, where a dash would end it.
func (s Spec) escapedName() string { return strings.ReplaceAll(s.Name, "-", "_") }

func (s Spec) paths() []string { return slices.Sorted(maps.Keys(s.Files)) }
