package conda

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// MaxDepth is how deeply JSON may be nested.
const MaxDepth = 64

// token is a piece of JSON that a scanner hands out.
type token byte

// A text or key comes decoded, a literal (number, true, false, null) as written.
const (
	openObject  token = '{'
	closeObject token = '}'
	openList    token = '['
	closeList   token = ']'
	keyToken    token = 'k'
	textToken   token = 's'
	literal     token = 'l'
)

// syntaxError says in which way something is no valid JSON.
type syntaxError string

// Error is the sentence.
func (e syntaxError) Error() string { return string(e) }

const (
	errShort     = syntaxError("it ends too early")
	errCharacter = syntaxError("a character stands where it may not")
	errDeep      = syntaxError("it is nested more than 64 levels deep")
	errLong      = syntaxError("a text in it is too long")
	errText      = syntaxError("a text in it is not UTF-8 or has a wrong escape")
	errLiteral   = syntaxError("a number or word in it is not allowed")
)

// scanJSON reads one JSON value from r, to its end, and hands its tokens to visit.
// Text is valid in visit only until it returns, and longer text than longest is
// refused, so that memory stays flat. It is stricter than encoding/json: no text
// but UTF-8.
func scanJSON(r io.Reader, longest int, visit func(token, []byte) error) error {
	s := &scanner{r: bufio.NewReader(r), longest: longest, visit: visit}
	if err := s.value(); err != nil {
		return err
	}
	if _, err := s.next(); !errors.Is(err, errShort) {
		return orCharacter(err)
	}
	return nil
}

// refuseJSON turns an error of scanJSON into one that can be shown.
func refuseJSON(what string, err error) error {
	var bad syntaxError
	if errors.As(err, &bad) {
		return model.Errorf(model.Invalid, "%s is not valid JSON: %s.", what, string(bad))
	}
	return archive.Refuse(what, err)
}

type scanner struct {
	r       *bufio.Reader
	visit   func(token, []byte) error
	text    []byte
	longest int
	depth   int
}

// next returns the next byte that is not blank.
func (s *scanner) next() (byte, error) {
	for {
		c, err := s.read()
		if err != nil || c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return c, err
		}
	}
}

func (s *scanner) read() (byte, error) {
	c, err := s.r.ReadByte()
	if err != nil && errors.Is(err, io.EOF) {
		err = errShort
	}
	return c, err
}

func (s *scanner) value() error {
	c, err := s.next()
	if err != nil {
		return err
	}
	return s.valueFrom(c)
}

func (s *scanner) valueFrom(c byte) error {
	switch {
	case c == '{':
		return s.nested(openObject, closeObject, s.member)
	case c == '[':
		return s.nested(openList, closeList, s.valueFrom)
	case c == '"':
		return s.string(textToken)
	case strings.IndexByte("-0123456789tfnNI", c) >= 0:
		return s.literal(c)
	}
	return errCharacter
}

// nested reads an object or list, whose opening byte is read, item by item.
func (s *scanner) nested(start, end token, item func(byte) error) error {
	if s.depth++; s.depth > MaxDepth {
		return errDeep
	}
	if err := s.visit(start, nil); err != nil {
		return err
	}
	c, err := s.next()
	for first := true; err == nil && (c != byte(end) || !first); first = false {
		if err = item(c); err != nil {
			break
		}
		if c, err = s.next(); err != nil || c == byte(end) {
			break
		}
		if c != ',' {
			return errCharacter
		}
		c, err = s.next()
	}
	if err != nil {
		return err
	}
	s.depth--
	return s.visit(end, nil)
}

func (s *scanner) member(c byte) error {
	if c != '"' {
		return errCharacter
	}
	if err := s.string(keyToken); err != nil {
		return err
	}
	if c, err := s.next(); err != nil || c != ':' {
		return orCharacter(err)
	}
	return s.value()
}

func orCharacter(err error) error {
	if err == nil {
		return errCharacter
	}
	return err
}

// literal reads a number or word that begins with c.
func (s *scanner) literal(c byte) error {
	s.text = append(s.text[:0], c)
	for {
		c, err := s.r.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
		case err != nil:
			return err
		case isLetter(c), isDigit(c), c == '+', c == '-', c == '.':
			if s.text = append(s.text, c); len(s.text) > 64 {
				return errLiteral
			}
			continue
		default:
			if err := s.r.UnreadByte(); err != nil {
				return err
			}
		}
		if !json.Valid(s.text) {
			return errLiteral
		}
		return s.visit(literal, s.text)
	}
}
