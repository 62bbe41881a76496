package pypi

import "strings"

const (
	digits = "0123456789"
	// separators may stand between the parts of a version.
	separators = "._-"
)

// scanner takes a version apart from the front, in lower case.
type scanner string

// parseVersion reports whether s, without blanks around it, is a version at all.
// It takes each part as long as it can, as the pattern in PEP 440's appendix B.
func parseVersion(s string) (v Version, ok bool) {
	if strings.Trim(s, versionLetters) != "" {
		return v, false
	}
	r := scanner(lowerASCII(s))
	r.skip("v")
	if v.release = r.release(); isNumber(v.release) && r.skip("!") {
		v.epoch, v.release = v.release, r.release()
	}
	if v.release == "" {
		return v, false
	}
	v.phase, v.pre = r.tagged("alpha", "a", "beta", "b", "preview", "pre", "c", "rc")
	v.phase = phases[v.phase]
	if v.post = r.implicitPost(); v.post == "" {
		_, v.post = r.tagged("post", "rev", "r")
	}
	_, v.dev = r.tagged("dev")
	if r.skip("+") {
		v.local = string(r)
		return v, wholeLocal(v.local)
	}
	return v, r == ""
}

const (
	wordLetters    = digits + "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	versionLetters = wordLetters + "-.!+"
)

var phases = map[string]string{"alpha": "a", "a": "a", "beta": "b", "b": "b", "preview": "rc", "pre": "rc", "c": "rc", "rc": "rc"}

func (s *scanner) skip(prefix string) bool {
	rest, ok := strings.CutPrefix(string(*s), prefix)
	*s = scanner(rest)
	return ok
}

func (s *scanner) number() string {
	rest := strings.TrimLeft(string(*s), digits)
	number := string(*s)[:len(*s)-len(rest)]
	*s = scanner(rest)
	return number
}

// release takes numbers with dots between them.
func (s *scanner) release() string {
	start := *s
	if s.number() == "" {
		return ""
	}
	for {
		before := *s
		if !s.skip(".") || s.number() == "" {
			*s = before
			return string(start[:len(start)-len(before)])
		}
	}
}

// tagged takes one of the words, with or without separators around it, and the
// number after it, which is 0 when there is none.
func (s *scanner) tagged(words ...string) (word, number string) {
	start := *s
	s.separator()
	for _, word := range words {
		if !s.skip(word) {
			continue
		}
		s.separator()
		if number := s.number(); number != "" {
			return word, number
		}
		return word, "0"
	}
	*s = start
	return "", ""
}

func (s *scanner) separator() {
	if *s != "" && strings.IndexByte(separators, (*s)[0]) >= 0 {
		*s = (*s)[1:]
	}
}

// implicitPost takes the number of a post release that is written with a dash
// only, as in 1.0-1.
func (s *scanner) implicitPost() string {
	start := *s
	if s.skip("-") {
		if number := s.number(); number != "" {
			return number
		}
	}
	*s = start
	return ""
}

// wholeLocal reports whether a local part consists of letters and digits with
// single separators between them.
func wholeLocal(s string) bool {
	for more := true; more; {
		before := len(s)
		var part string
		part, s = cutPart(s)
		if part == "" || strings.ContainsAny(part, "+!") {
			return false
		}
		more = before > len(part)
	}
	return true
}

// cutPart splits s at its first separator.
func cutPart(s string) (part, rest string) {
	if i := strings.IndexAny(s, separators); i >= 0 {
		return s[:i], s[i+1:]
	}
	return s, ""
}

// lowerASCII folds letters as ASCII has them: no other letter may become one.
func lowerASCII(s string) string {
	for i := range len(s) {
		if s[i] >= 'A' && s[i] <= 'Z' {
			return strings.Map(func(r rune) rune {
				if r >= 'A' && r <= 'Z' {
					r += 'a' - 'A'
				}
				return r
			}, s)
		}
	}
	return s
}
