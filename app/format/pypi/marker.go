package pypi

import (
	"regexp"
	"strings"
)

// maxMarkerDepth is how deep parentheses may be nested.
const maxMarkerDepth = 64

// marker takes an environment marker apart from the front.
type marker struct {
	rest  string
	depth int
}

// soundMarker reports whether s is an environment marker (PEP 508).
func soundMarker(s string) bool {
	m := marker{rest: s}
	return m.expression() && m.rest == ""
}

// expression takes comparisons with and or or between them.
func (m *marker) expression() bool {
	for {
		if !m.term() {
			return false
		}
		if !m.word("and") && !m.word("or") {
			return true
		}
	}
}

// term takes a comparison, or an expression in parentheses.
func (m *marker) term() bool {
	if m.take("(") {
		m.depth++
		sound := m.depth <= maxMarkerDepth && m.expression() && m.take(")")
		m.depth--
		return sound
	}
	return m.operand() && m.operator() && m.operand()
}

func (m *marker) operator() bool {
	if m.word("in") {
		return true
	}
	if m.word("not") {
		return m.word("in")
	}
	for _, operator := range operators {
		if m.take(operator) {
			return true
		}
	}
	return false
}

var markerVariable = regexp.MustCompile(`^(?:python_version|python_full_version|os[._]name|sys[._]platform|platform_release|platform_system|` +
	`platform[._]version|platform[._]machine|platform[._]python_implementation|python_implementation|` +
	`implementation_name|implementation_version|extras?|dependency_groups)\b`)

// operand takes a variable or a quoted string, which has no escapes.
func (m *marker) operand() bool {
	m.skipBlanks()
	if variable := markerVariable.FindString(m.rest); variable != "" {
		m.rest = m.rest[len(variable):]
		return true
	}
	if m.rest == "" || m.rest[0] != '\'' && m.rest[0] != '"' {
		return false
	}
	text, rest, ok := strings.Cut(m.rest[1:], m.rest[:1])
	m.rest = rest
	return ok && !strings.ContainsAny(text, "\\\x00")
}

// take takes a mark, with blanks on both sides.
func (m *marker) take(mark string) bool {
	m.skipBlanks()
	rest, ok := strings.CutPrefix(m.rest, mark)
	m.rest = rest
	m.skipBlanks()
	return ok
}

// word takes a word at whose end no other letter stands.
func (m *marker) word(word string) bool {
	m.skipBlanks()
	rest, ok := strings.CutPrefix(m.rest, word)
	if !ok || rest != "" && strings.IndexByte(wordLetters, rest[0]) >= 0 {
		return false
	}
	m.rest = rest
	m.skipBlanks()
	return true
}

func (m *marker) skipBlanks() { m.rest = strings.TrimLeft(m.rest, blanks) }
