package pypi

import (
	"regexp"

	"vivarium/app/model"
)

const maxName = 128

var namePattern = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`)

// CheckName fails with Invalid unless s can name a project (PEP 508). Names are
// ASCII, and are checked before they are normalized: some other letters turn into
// ASCII when they are folded to lower case.
func CheckName(s string) error {
	if len(s) > maxName || !namePattern.MatchString(s) {
		return fieldError("name", "Invalid project name %s: use up to %d letters, digits, . _ and -, the first and the last a letter or digit.", quote(s), maxName)
	}
	return nil
}

// NormalizeName returns the form in which project names are compared (PEP 503).
func NormalizeName(s string) string { return model.NormalizePyPI(s) }
