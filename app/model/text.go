package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// PlainLine reports whether s is one line of text that shows as it reads: valid
// UTF-8 without control characters, which command a terminal, and without those
// that turn the order of the letters after them.
func PlainLine(s string) bool { return utf8.ValidString(s) && !strings.ContainsFunc(s, misleads) }

// Plain returns s as PlainLine has it, with a mark in the place of each character
// that is not.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if misleads(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// misleads reports whether r is a control character, or one of those by which
// Unicode overrides the direction of a text (UAX 9).
func misleads(r rune) bool {
	return unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}
