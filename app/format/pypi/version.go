package pypi

import "strings"

// maxVersion is how long a version may be.
const maxVersion = 128

// Version is a version as PEP 440 has them. Its numbers stand as they were
// written, since they have no upper limit.
type Version struct {
	epoch, release string
	// phase is a, b or rc; it and the numbers are empty when the version lacks them.
	phase, pre, post, dev string
	local                 string // in lower case
}

// ParseVersion returns the version in s, around which blanks are allowed. It fails
// with Invalid on what PEP 440 does not allow.
func ParseVersion(s string) (Version, error) {
	v, ok := tryVersion(s)
	if ok {
		return v, nil
	}
	return Version{}, fieldError("version", "Invalid version %s. Use a form like 1.0, 1.0rc1 or 1.0.post1 (PEP 440).", quote(s))
}

func tryVersion(s string) (Version, bool) {
	v, ok := parseVersion(strings.Trim(s, " \t\n\r\v\f"))
	return v, ok && len(s) <= maxVersion
}

// String returns the normalized form.
func (v Version) String() string { return v.text(normalizeRelease(v.release)) }

// Canonical returns the normalized form without trailing zeros in the release: two
// versions are equal when it is the same.
func (v Version) Canonical() string { return v.text(trimRelease(normalizeRelease(v.release))) }

func (v Version) text(release string) string {
	var b strings.Builder
	if epoch := trimNumber(v.epoch); epoch != "0" {
		b.WriteString(epoch + "!")
	}
	b.WriteString(release)
	add := func(mark, number string) {
		if number != "" {
			b.WriteString(mark + trimNumber(number))
		}
	}
	add(v.phase, v.pre)
	add(".post", v.post)
	add(".dev", v.dev)
	for mark, rest := "+", v.local; rest != ""; mark = "." {
		var part string
		part, rest = cutPart(rest)
		if isNumber(part) {
			part = trimNumber(part)
		}
		b.WriteString(mark + part)
	}
	return b.String()
}

// IsPrerelease reports whether v is not chosen by default: it is an alpha, beta,
// candidate or development version.
func (v Version) IsPrerelease() bool { return v.phase != "" || v.dev != "" }

// isLocal reports whether v has a local part.
func (v Version) isLocal() bool { return v.local != "" }

func normalizeRelease(release string) string {
	if !strings.HasPrefix(release, "0") && !strings.Contains(release, ".0") {
		return release
	}
	parts := strings.Split(release, ".")
	for i := range parts {
		parts[i] = trimNumber(parts[i])
	}
	return strings.Join(parts, ".")
}

func trimRelease(release string) string {
	for strings.HasSuffix(release, ".0") {
		release = release[:len(release)-2]
	}
	return release
}

// trimNumber takes the zeros off the front of a number; none at all is zero.
func trimNumber(digits string) string {
	if digits = strings.TrimLeft(digits, "0"); digits == "" {
		return "0"
	}
	return digits
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, digits) == "" }
