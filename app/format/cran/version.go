package cran

import (
	"cmp"
	"strings"
)

// CompareVersions orders versions as R does: number by number; of two that begin
// alike the longer is later. What is no version comes before all that are.
func CompareVersions(a, b string) int {
	if validA, validB := versionPattern.MatchString(a), versionPattern.MatchString(b); !validA || !validB {
		return cmp.Or(boolOrder(validA, validB), strings.Compare(a, b))
	}
	left, right := numbers(a), numbers(b)
	for i := range min(len(left), len(right)) {
		if c := compareNumbers(left[i], right[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(left), len(right))
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func numbers(version string) []string {
	return strings.FieldsFunc(version, func(r rune) bool { return r == '.' || r == '-' })
}

// compareNumbers compares digits of any length.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}
