package pypi

import (
	"cmp"
	"strings"
)

// CompareVersions returns how a stands to b in PEP 440's order: -1, 0 or 1. Strings
// that differ can be equal, as 1.0 and 1. What is no version stands below all
// versions, in the order of its bytes.
func CompareVersions(a, b string) int {
	va, aok := tryVersion(a)
	vb, bok := tryVersion(b)
	switch {
	case aok && bok:
		return va.Compare(vb)
	case aok:
		return 1
	case bok:
		return -1
	}
	return strings.Compare(a, b)
}

// Compare returns how v stands to w: -1, 0 or 1.
func (v Version) Compare(w Version) int {
	return cmp.Or(
		compareNumbers(v.epoch, w.epoch),
		compareReleases(v.release, w.release),
		cmp.Compare(v.phaseRank(), w.phaseRank()),
		compareNumbers(v.pre, w.pre),
		compareMissing(v.post, w.post, -1),
		compareMissing(v.dev, w.dev, 1),
		compareLocals(v.local, w.local),
	)
}

// compareReleases compares number by number; one that is missing counts as zero.
func compareReleases(a, b string) int {
	for a != "" || b != "" {
		var na, nb string
		na, a, _ = strings.Cut(a, ".")
		nb, b, _ = strings.Cut(b, ".")
		if order := compareNumbers(na, nb); order != 0 {
			return order
		}
	}
	return 0
}

// phaseRank puts a bare development version before the alphas, and a final one,
// with or without post, behind the candidates.
func (v Version) phaseRank() int {
	switch {
	case v.phase == "" && v.post == "" && v.dev != "":
		return 0
	case v.phase == "":
		return 4
	case v.phase == "a":
		return 1
	case v.phase == "b":
		return 2
	}
	return 3
}

func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// compareMissing compares two numbers of which one that is missing stands to all
// others as missing says.
func compareMissing(a, b string, missing int) int {
	switch {
	case a == "" && b == "":
		return 0
	case a == "":
		return missing
	case b == "":
		return -missing
	}
	return compareNumbers(a, b)
}

// compareLocals puts no local part before any, words before numbers, and what is
// shorter before what goes on.
func compareLocals(a, b string) int {
	for a != "" && b != "" {
		var pa, pb string
		pa, a = cutPart(a)
		pb, b = cutPart(b)
		if order := compareLocalParts(pa, pb); order != 0 {
			return order
		}
	}
	return cmp.Compare(len(a), len(b))
}

func compareLocalParts(a, b string) int {
	switch na, nb := isNumber(a), isNumber(b); {
	case na && nb:
		return compareNumbers(a, b)
	case na:
		return 1
	case nb:
		return -1
	}
	return strings.Compare(a, b)
}
