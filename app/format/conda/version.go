package conda

import (
	"cmp"
	"strconv"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// version is a version string cut at its epoch and local marks (CEP 33). The
// components of release and local are separated by ".", "_" or "-".
type version struct{ epoch, release, local string }

// CompareVersions returns how a stands to b in conda's order: -1, 0 or 1. Strings
// that differ can be equal, as 1.0 and 1. What is no version stands below all
// versions, in the order of its bytes.
func CompareVersions(a, b string) int {
	va, aok := parseVersion(a)
	vb, bok := parseVersion(b)
	switch {
	case aok && bok:
		return va.compare(vb)
	case aok:
		return 1
	case bok:
		return -1
	}
	return strings.Compare(a, b)
}

func (v version) compare(w version) int {
	return cmp.Or(compareRun(v.epoch, w.epoch), compareSeries(v.release, w.release), compareSeries(v.local, w.local))
}

// Stable reports whether a version may be shown as the latest: it is a version at
// all, and not older than the release it is named for, which the words dev, a, b, rc,
// alpha, beta and pre before any local part say.
func Stable(text string) bool {
	v, ok := parseVersion(text)
	for rest := v.release; ok && rest != ""; {
		var component, run string
		for component, rest = cutComponent(rest); component != ""; {
			run, component = cutRun(component)
			switch strings.ToLower(run) {
			case "dev", "a", "b", "rc", "alpha", "beta", "pre":
				return false
			}
		}
	}
	return ok
}

// parseVersion cuts s and reports whether it is a version at all.
func parseVersion(s string) (version, bool) {
	if s == "" || !versionLetters(s) {
		return version{}, false
	}
	v := version{epoch: "0", release: s}
	if epoch, rest, ok := strings.Cut(s, "!"); ok {
		v.epoch, v.release = epoch, rest
	}
	release, local, hasLocal := strings.Cut(v.release, "+")
	v.release, v.local = release, local
	sound := v.epoch != "" && strings.Trim(v.epoch, "0123456789") == "" && !strings.Contains(release, "!") &&
		wholeSeries(release) && (!hasLocal || wholeSeries(local+".0"))
	return v, sound && !strings.ContainsAny(local, "!+")
}

// versionLetters allows "-" only where no "_" is: it then means the same.
func versionLetters(s string) bool {
	var dash, underscore bool
	for i := range len(s) {
		switch c := s[i]; {
		case c == '-':
			dash = true
		case c == '_':
			underscore = true
		case !isDigit(c) && !isLetter(c) && c != '.' && c != '+' && c != '!' && c != '*':
			return false
		}
	}
	return !dash || !underscore
}

// wholeSeries reports whether no component of s is empty.
func wholeSeries(s string) bool {
	for more := true; more; {
		var component string
		before := len(s)
		component, s = cutComponent(s)
		if component == "" {
			return false
		}
		more = before > len(component)
	}
	return true
}

// checkVersion fails with Invalid unless a new package may have the version. Its
// numbers must fit 64 bits, because clients refuse a whole index over one that
// does not.
func checkVersion(s string) error {
	v, ok := parseVersion(s)
	if !ok || v.release == "_" || len(s) > maxPart || strings.ContainsAny(s, "*-") {
		return model.FieldErrorf("version", "%s cannot be a conda version: use up to %d letters, digits and . _ + ! with something between the marks.", archive.Quote(s), maxPart)
	}
	for run := range strings.FieldsFuncSeq(s, func(r rune) bool { return r < '0' || r > '9' }) {
		if _, err := strconv.ParseUint(run, 10, 64); err != nil {
			return model.FieldErrorf("version", "The version %s has a number of more than 64 bits, which clients cannot read.", archive.Quote(s))
		}
	}
	return nil
}
