package conda

import (
	"cmp"
	"strings"
)

// compareSeries compares component by component; one that is missing counts as
// zero.
func compareSeries(a, b string) int {
	for a != "" || b != "" {
		var ca, cb string
		ca, a = cutComponent(a)
		cb, b = cutComponent(b)
		if order := compareComponent(ca, cb); order != 0 {
			return order
		}
	}
	return 0
}

// compareComponent compares run by run. A component that starts with a letter has
// a zero before it, so that numbers meet numbers.
func compareComponent(a, b string) int {
	atNumber := true
	for a != "" || b != "" {
		var ra, rb string
		if !atNumber || a == "" || isDigit(a[0]) {
			ra, a = cutRun(a)
		}
		if !atNumber || b == "" || isDigit(b[0]) {
			rb, b = cutRun(b)
		}
		if order := compareRun(ra, rb); order != 0 {
			return order
		}
		atNumber = false
	}
	return 0
}

// cutComponent splits s at its first separator. A "_" at the very end is none: it
// sticks to what precedes it (openssl's 1.0.1_).
func cutComponent(s string) (component, rest string) {
	for i := range len(s) {
		switch {
		case s[i] == '.', isDash(s[i]) && i < len(s)-1:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// cutRun splits s after its first run of digits, of asterisks, or of others.
func cutRun(s string) (run, rest string) {
	for i := 1; i < len(s); i++ {
		if runKind(s[i]) != runKind(s[0]) {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// compareRun compares two runs, of which an empty one is zero: words stand below
// numbers, and the word post above all of them.
func compareRun(a, b string) int {
	na, nb := numberRank(a), numberRank(b)
	if na != nb || na == infinite {
		return cmp.Compare(na, nb)
	}
	if na == finite {
		a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
		return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	}
	return cmp.Or(cmp.Compare(wordRank(a), wordRank(b)), compareFold(a, b))
}

const (
	word = iota
	finite
	infinite
)

func numberRank(run string) int {
	switch {
	case run == "" || isDigit(run[0]):
		return finite
	case strings.EqualFold(run, "post"):
		return infinite
	}
	return word
}

// wordRank puts asterisks below dev, and dev below all else.
func wordRank(run string) int {
	switch {
	case run[0] == '*':
		return 0
	case strings.EqualFold(run, "dev"):
		return 1
	}
	return 2
}

func compareFold(a, b string) int {
	for i := range min(len(a), len(b)) {
		if order := cmp.Compare(lower(a[i]), lower(b[i])); order != 0 {
			return order
		}
	}
	return cmp.Compare(len(a), len(b))
}

func runKind(c byte) int {
	switch {
	case isDigit(c):
		return 0
	case c == '*':
		return 1
	}
	return 2
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return lower(c) >= 'a' && lower(c) <= 'z' }
func isDash(c byte) bool   { return c == '_' || c == '-' }

// lower folds letters; a dash stands for the underscore that it means.
func lower(c byte) byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return c + 'a' - 'A'
	case c == '-':
		return '_'
	}
	return c
}
