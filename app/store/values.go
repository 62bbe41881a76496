package store

import (
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// maxValues bounds the values that are taken out of a statement. Those of more are
// made for lists of any length, and the like of them does not come again.
const maxValues = 100

// staying are the texts that stay in statements, since SQLite compares them with the
// conditions of partial indexes when it plans.
var staying = []string{"", "conda", "pypi"}

// verbs begin the statements that come again and again.
var verbs = []string{"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "EXPLAIN", "SAVEPOINT", "RELEASE", "ROLLBACK"}

// takeValues takes the values out of a statement that bun has written them into, and
// puts a ? in the place of each. So statements that differ in nothing else become one,
// which SQLite reads and plans once. Numbers of one digit stay, because they may stand
// for columns and because SQLite plans otherwise for 0 and 1; so do limits. ok is false
// for what it does not know or what is not worth it, to be run as it is.
func takeValues(statement string) (text string, values []driver.NamedValue, ok bool) {
	verb := strings.TrimLeft(statement, " \t\n")
	if !slices.Contains(verbs, verb[:wordSize(verb)]) {
		return "", nil, false
	}
	t := taking{in: statement, text: make([]byte, 0, len(statement))}
	for t.at < len(statement) {
		if !t.next() || len(t.values) > maxValues {
			return "", nil, false
		}
	}
	return string(append(t.text, statement[t.done:]...)), t.values, true
}

// taking is a statement in the middle of takeValues. What is between done and at stays
// and is not yet in text.
type taking struct {
	in       string
	done, at int
	text     []byte
	values   []driver.NamedValue
	word     string // the last
}

// next passes the next token. It is false when the statement has none that it knows.
func (t *taking) next() bool {
	switch rest := t.in[t.at:]; classes[rest[0]] {
	case letter:
		t.name(rest)
	case digit:
		return t.number(rest)
	case quote:
		return t.quoted(rest)
	case unknown:
		return false
	default:
		if strings.HasPrefix(rest, "--") || strings.HasPrefix(rest, "/*") {
			return false
		}
		t.at++
		if rest[0] == '.' { // what follows is a part of a name or of a number
			t.at += wordSize(rest[1:])
		}
	}
	return true
}

// take takes the next n bytes, which are a value.
func (t *taking) take(n int, value driver.Value) {
	t.text = append(append(t.text, t.in[t.done:t.at]...), '?')
	t.at += n
	t.done = t.at
	t.values = append(t.values, driver.NamedValue{Ordinal: len(t.values) + 1, Value: value})
}

// quoted takes a text, or passes a quoted name.
func (t *taking) quoted(rest string) bool {
	n := quotedSize(rest)
	if n == 0 {
		return false
	}
	if inside := rest[1 : n-1]; rest[0] == '"' || slices.Contains(staying, inside) {
		t.at += n
	} else {
		t.take(n, strings.ReplaceAll(inside, "''", "'"))
	}
	return true
}

// number takes an integer. It is false for a number with letters in it.
func (t *taking) number(rest string) bool {
	n := wordSize(rest)
	value, err := strconv.ParseInt(rest[:n], 10, 64)
	switch {
	case errors.Is(err, strconv.ErrSyntax):
		return false
	case err != nil, n == 1, rest[0] == '0', t.word == "LIMIT", strings.HasPrefix(rest[n:], "."):
		t.at += n
	default:
		t.take(n, value)
	}
	return true
}

// name passes a name or a keyword, but takes the bytes of X'00ff'.
func (t *taking) name(rest string) {
	if strings.HasPrefix(rest, "X'") {
		n := 1 + quotedSize(rest[1:])
		if value, err := hex.DecodeString(rest[2:max(2, n-1)]); err == nil && len(value) > 0 {
			t.take(n, value)
			return
		}
	}
	n := wordSize(rest)
	t.word = rest[:n]
	t.at += n
}

// quotedSize is the length of what text begins with in quotes, with the quotes, of
// which two inside stand for one; or 0.
func quotedSize(text string) int {
	if text == "" {
		return 0
	}
	quote := text[0]
	for n := 1; n < len(text); n++ {
		if text[n] != quote {
			continue
		}
		if n++; n == len(text) || text[n] != quote {
			return n
		}
	}
	return 0
}

// wordSize is the length of the name or the number that text begins with.
func wordSize(text string) int {
	for n := range len(text) {
		if class := classes[text[n]]; class != letter && class != digit {
			return n
		}
	}
	return len(text)
}

// class is what tokens may begin with a byte.
type class byte

const (
	mark class = iota
	letter
	digit
	quote
	unknown // parameters, other quotes, and what ends a statement
)

var classes = func() (of [256]class) {
	for c := range of {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c >= 0x80:
			of[c] = letter
		case c >= '0' && c <= '9':
			of[c] = digit
		}
	}
	for _, c := range []byte("'\"") {
		of[c] = quote
	}
	for _, c := range []byte("?:@#$;`[") {
		of[c] = unknown
	}
	return of
}()
