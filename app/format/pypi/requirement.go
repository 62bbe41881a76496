package pypi

import (
	"regexp"
	"strings"
)

// requirementHead is a requirement's name and its extras, of which the last may be
// followed by nothing.
var requirementHead = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?:[ \t]*\[([^\]]*)\])?[ \t]*`)

// soundRequirement reports whether s is a requirement as PEP 508 has them: name,
// extras, version specifiers or a URL, and a marker.
func soundRequirement(s string) bool {
	s = strings.Trim(s, blanks)
	head := requirementHead.FindStringSubmatch(s)
	if head == nil || !soundExtras(head[1]) {
		return false
	}
	rest := s[len(head[0]):]
	if url, ok := strings.CutPrefix(rest, "@"); ok {
		return soundURLRequirement(strings.TrimLeft(url, blanks))
	}
	specifiers, marker, hasMarker := strings.Cut(rest, ";")
	specifiers = strings.Trim(specifiers, blanks)
	if inner, ok := strings.CutPrefix(specifiers, "("); ok {
		if specifiers, ok = strings.CutSuffix(inner, ")"); !ok {
			return false
		}
	}
	return !hasGap(specifiers) && soundSpecifiers(specifiers) && (!hasMarker || soundMarker(marker))
}

// hasGap reports whether nothing stands before a comma: only the last one may be
// too many.
func hasGap(specifiers string) bool {
	previous := byte(',')
	for i := range len(specifiers) {
		switch c := specifiers[i]; {
		case c == ',' && previous == ',':
			return true
		case strings.IndexByte(blanks, c) < 0:
			previous = c
		}
	}
	return false
}

func soundExtras(list string) bool {
	if strings.Trim(list, blanks) == "" {
		return true
	}
	for extra := range strings.SplitSeq(list, ",") {
		if !namePattern.MatchString(strings.Trim(extra, blanks)) {
			return false
		}
	}
	return true
}

// soundURLRequirement checks what follows the @: only a blank ends the URL.
func soundURLRequirement(s string) bool {
	end := strings.IndexAny(s, blanks)
	if end < 0 {
		return s != ""
	}
	marker, ok := strings.CutPrefix(strings.TrimLeft(s[end:], blanks), ";")
	return end > 0 && ok && soundMarker(marker)
}

// SplitRequirement divides a requirement (PEP 508) into the normalized name of the
// project and what of it is accepted: extras, versions and marker as they are
// written, empty for any. The name is empty when there is none.
func SplitRequirement(s string) (name, accepts string) {
	s = strings.Join(strings.Fields(s), " ")
	end := strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("._-", r))
	})
	if end < 0 {
		end = len(s)
	}
	return NormalizeName(s[:end]), strings.TrimSpace(s[end:])
}
