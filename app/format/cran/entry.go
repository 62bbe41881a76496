package cran

import (
	"slices"
	"strings"
)

// entryFields are what a repository says of a package, in the order in which R
// writes them. R reads no others.
var entryFields = []string{
	"Package", "Version", "Priority", "Depends", "Imports", "LinkingTo", "Suggests", "Enhances", "OS_type", "License", "License_is_FOSS",
	"License_restricts_use", "Archs", "NeedsCompilation", "Built",
}

// Entry is one record of a PACKAGES file.
type Entry []Field

// Entry returns what a repository says of the package. R finds the file by name and
// version.
func (i Info) Entry(md5 string) Entry {
	var e Entry
	for _, name := range entryFields {
		if value := i.Get(name); value != "" {
			e = append(e, Field{name, value})
		}
	}
	return append(e, Field{"MD5sum", md5})
}

// WriteIndex returns the text of a PACKAGES file: the records by package and version,
// a blank line between two.
func WriteIndex(entries []Entry) []byte {
	entries = slices.Clone(entries)
	slices.SortStableFunc(entries, func(a, b Entry) int {
		if c := strings.Compare(a.get("Package"), b.get("Package")); c != 0 {
			return c
		}
		return CompareVersions(a.get("Version"), b.get("Version"))
	})
	var out strings.Builder
	for i, e := range entries {
		if i > 0 {
			out.WriteByte('\n')
		}
		for _, f := range e {
			out.WriteString(f.Name + ": " + f.Value + "\n")
		}
	}
	return []byte(out.String())
}

func (e Entry) get(name string) string { return Description{Fields: e}.Get(name) }
