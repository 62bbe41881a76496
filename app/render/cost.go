package render

import (
	"regexp"
	"strings"
)

// What a Markdown text may hold to be drawn. Drawing takes time with the square of
// the marks in one paragraph, and of how deep quotes and lists nest.
const (
	maxMarks     = 8000 // in a text
	maxMarksNear = 2000 // in a paragraph
)

// levels matches a line that nests quotes and lists twenty deep.
var levels = regexp.MustCompile(`^(?:[ \t]*(?:>|[-+*]|[0-9]+[.)])){20,}`)

// costly reports whether a text would take long to draw, which no text does that
// somebody has written by hand.
func costly(text string) bool {
	all, near := 0, 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			near = 0
			continue
		}
		n := marks(line)
		if all, near = all+n, near+n; all > maxMarks || near > maxMarksNear || levels.MatchString(line) {
			return true
		}
	}
	return false
}

// marks counts the characters that begin or end something.
func marks(line string) int {
	n := 0
	for _, c := range []byte(line) {
		switch c {
		case '*', '_', '~', '[', ']', '(', '<', '`', '|', '!':
			n++
		}
	}
	return n
}
