package protocol

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSegments bounds the parts of a path: a label has at most 128 characters, and
// so at most half as many parts.
const maxSegments = 140

// SplitPath divides an escaped, absolute path and decodes its parts afterwards, so
// that an encoded slash divides nothing. It reports false on a part that is
// longer than maxPart bytes, holds a slash, a backslash or a control character, or
// is not UTF-8.
func SplitPath(escaped string, maxPart int) ([]string, bool) {
	rest, ok := strings.CutPrefix(escaped, "/")
	if !ok || strings.Count(rest, "/") >= maxSegments {
		return nil, false
	}
	parts := strings.Split(rest, "/")
	for i, p := range parts {
		plain, err := url.PathUnescape(p)
		if err != nil || len(plain) > maxPart || !utf8.ValidString(plain) || strings.ContainsFunc(plain, oddInPath) {
			return nil, false
		}
		parts[i] = plain
	}
	return parts, true
}

func oddInPath(r rune) bool { return r == '/' || r == '\\' || unicode.IsControl(r) }

// CutPart takes word off the front of parts.
func CutPart(parts []string, word string) ([]string, bool) {
	if len(parts) > 0 && parts[0] == word {
		return parts[1:], true
	}
	return parts, false
}

// Quality reads the q of the parameters of an item of an Accept header, such as
// "q=0.5" (RFC 9110 12.4.2); without one, or with nonsense, it is 1.
func Quality(params string) float64 {
	for param := range strings.SplitSeq(params, ";") {
		key, value, _ := strings.Cut(param, "=")
		if !strings.EqualFold(strings.TrimSpace(key), "q") {
			continue
		}
		if q, err := strconv.ParseFloat(strings.TrimSpace(value), 64); err == nil && q == q {
			return q
		}
	}
	return 1
}
