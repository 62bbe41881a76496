package archive

import (
	"path"
	"strings"
	"unicode"

	"vivarium/app/model"
)

// CleanPath returns the shortest form of a path inside an archive. It fails with
// Invalid on one that leads out of the folder it is unpacked to, on Windows too:
// absolute, with a drive letter, with a "..", or with a NUL.
func CleanPath(name string) (string, error) {
	slashed := strings.ReplaceAll(name, `\`, "/")
	switch {
	case name == "":
		return "", model.Errorf(model.Invalid, "The archive names a file with an empty path.")
	case strings.ContainsRune(name, 0):
		return "", unsafePath(name, "contains a NUL")
	case strings.HasPrefix(slashed, "/"), hasDrive(slashed):
		return "", unsafePath(name, "is absolute")
	case hasParent(slashed):
		return "", unsafePath(name, `contains ".."`)
	}
	return path.Clean(name), nil
}

func hasDrive(name string) bool {
	return len(name) > 1 && name[1] == ':' && (name[0]|0x20) >= 'a' && (name[0]|0x20) <= 'z'
}

func hasParent(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return true
		}
	}
	return false
}

func unsafePath(name, why string) error {
	return model.Errorf(model.Invalid, "The archive names a file %s, which %s. Paths must stay inside the package.", Quote(name), why)
}

// Quote quotes a name from an archive for a sentence, shortened, with anything
// that is not printable replaced.
func Quote(name string) string {
	const longest = 80
	var b strings.Builder
	for _, r := range name {
		if b.Len() > longest {
			b.WriteString("…")
			break
		}
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			r = '?'
		}
		b.WriteRune(r)
	}
	return `"` + b.String() + `"`
}
