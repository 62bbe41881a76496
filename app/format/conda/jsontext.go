package conda

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// string reads a string, whose opening quote is read.
func (s *scanner) string(kind token) error {
	s.text = s.text[:0]
	for {
		c, err := s.read()
		if err != nil {
			return err
		}
		switch {
		case c == '"':
			if !utf8.Valid(s.text) {
				return errText
			}
			return s.visit(kind, s.text)
		case c < ' ':
			return errText
		case c == '\\':
			err = s.escape()
		default:
			s.text = append(s.text, c)
		}
		if err != nil {
			return err
		}
		if len(s.text) > s.longest {
			return errLong
		}
	}
}

// escape reads what follows a backslash.
func (s *scanner) escape() error {
	c, err := s.read()
	if err != nil {
		return err
	}
	if c == 'u' {
		return s.unicode()
	}
	at := bytes.IndexByte([]byte(`"\/bfnrt`), c)
	if at < 0 {
		return errText
	}
	s.text = append(s.text, "\"\\/\b\f\n\r\t"[at])
	return nil
}

// unicode reads the four digits of a \u escape and, when they are the first half
// of a pair, the second half too. A half alone becomes U+FFFD, as in encoding/json.
func (s *scanner) unicode() error {
	r, err := s.hex4()
	if err != nil {
		return err
	}
	if utf16.IsSurrogate(r) {
		if next, _ := s.r.Peek(2); string(next) != `\u` {
			r = utf8.RuneError
		} else if r, err = s.pair(r); err != nil {
			return err
		}
	}
	s.text = utf8.AppendRune(s.text, r)
	return nil
}

// pair reads the escape after the half that first is.
func (s *scanner) pair(first rune) (rune, error) {
	if _, err := s.r.Discard(2); err != nil {
		return 0, err
	}
	second, err := s.hex4()
	if err != nil {
		return 0, err
	}
	whole := utf16.DecodeRune(first, second)
	if whole != utf8.RuneError {
		return whole, nil
	}
	s.text = utf8.AppendRune(s.text, utf8.RuneError)
	if utf16.IsSurrogate(second) {
		return utf8.RuneError, nil
	}
	return second, nil
}

func (s *scanner) hex4() (rune, error) {
	var digits [4]byte
	for i := range digits {
		c, err := s.read()
		if err != nil {
			return 0, err
		}
		digits[i] = c
	}
	n, err := strconv.ParseUint(string(digits[:]), 16, 16)
	if err != nil {
		return 0, errText
	}
	return rune(n), nil
}

// appendText appends text as a JSON string, with only those escapes that JSON
// demands.
func appendText(out, text []byte) []byte {
	const hex = "0123456789abcdef"
	out = append(out, '"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		case c == '\n':
			out = append(out, `\n`...)
		case c == '\r':
			out = append(out, `\r`...)
		case c == '\t':
			out = append(out, `\t`...)
		case c < ' ':
			out = append(out, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			out = append(out, c)
		}
	}
	return append(out, '"')
}
