package channelindex

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"unicode/utf8"
)

// field is a member of an object of JSON: its name, and its value as text.
type field struct{ name, value []byte }

var errJSON = errors.New("read JSON: it is none")

// compact returns data without blanks, and fails when it is no JSON.
func compact(data []byte) ([]byte, error) {
	var buf bytes.Buffer
	buf.Grow(len(data))
	err := json.Compact(&buf, data)
	return buf.Bytes(), err
}

// fieldsOf returns the fields of a compact object, sorted by name. Of those with
// one name the last counts.
func fieldsOf(dst []field, object []byte) ([]field, error) {
	if len(object) < 2 || object[0] != '{' {
		return nil, errJSON
	}
	start := len(dst)
	for rest := object[1:]; rest[0] != '}'; {
		name, n, err := unquote(rest)
		if err != nil {
			return nil, err
		}
		rest = rest[n+1:]
		n = spanOf(rest)
		dst, rest = append(dst, field{name, rest[:n]}), rest[n:]
		if rest[0] == ',' {
			rest = rest[1:]
		}
	}
	return dst[:start+len(sortFields(dst[start:]))], nil
}

func byName(a, b field) int { return bytes.Compare(a.name, b.name) }

func sortFields(fields []field) []field {
	if !slices.IsSortedFunc(fields, byName) {
		slices.SortStableFunc(fields, byName)
	}
	return lastOfEach(fields)
}

// lastOfEach drops what another of the same name follows.
func lastOfEach(fields []field) []field {
	kept := fields[:0]
	for i, f := range fields {
		if i+1 == len(fields) || !bytes.Equal(f.name, fields[i+1].name) {
			kept = append(kept, f)
		}
	}
	return kept
}

// spanOf is the length of the value that a compact text begins with.
func spanOf(text []byte) int {
	if text[0] == '{' || text[0] == '[' {
		return valueSize(text)
	}
	if text[0] == '"' {
		return stringSize(text)
	}
	n := bytes.IndexAny(text, ",]}")
	if n < 0 {
		return len(text)
	}
	return n
}

// unquote reads the string that text begins with, and returns its length with the
// quotes.
func unquote(text []byte) ([]byte, int, error) {
	n := stringSize(text)
	if n == 0 {
		return nil, 0, errJSON
	}
	inside := text[1 : n-1]
	if bytes.IndexByte(inside, '\\') < 0 && utf8.Valid(inside) {
		return inside, n, nil
	}
	var s string
	err := json.Unmarshal(text[:n], &s)
	return []byte(s), n, err
}

// transcode appends a compact value as MessagePack, with the keys of maps sorted.
func transcode(dst, text []byte) ([]byte, error) {
	switch text[0] {
	case 'n':
		return appendNil(dst), nil
	case 't', 'f':
		return appendBool(dst, text[0] == 't'), nil
	case '"':
		s, _, err := unquote(text)
		return appendString(dst, s), err
	case '[':
		return transcodeList(dst, text)
	case '{':
		fields, err := fieldsOf(nil, text)
		if err != nil {
			return nil, err
		}
		return transcodeFields(dst, fields)
	}
	return appendNumber(dst, string(text)), nil
}

func transcodeFields(dst []byte, fields []field) (_ []byte, err error) {
	dst = appendMap(dst, len(fields))
	for _, f := range fields {
		dst = appendString(dst, f.name)
		if dst, err = transcode(dst, f.value); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

func transcodeList(dst, text []byte) (_ []byte, err error) {
	var values [][]byte
	for rest := text[1:]; rest[0] != ']'; {
		n := spanOf(rest)
		values, rest = append(values, rest[:n]), rest[n:]
		if rest[0] == ',' {
			rest = rest[1:]
		}
	}
	dst = appendArray(dst, len(values))
	for _, v := range values {
		if dst, err = transcode(dst, v); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

// appendNumber keeps integers that fit 64 bits whole. All else becomes the nearest
// float, as JSON readers take it.
func appendNumber(dst []byte, literal string) []byte {
	if n, err := strconv.ParseInt(literal, 10, 64); err == nil {
		return appendInt(dst, n)
	}
	if n, err := strconv.ParseUint(literal, 10, 64); err == nil {
		return appendUint(dst, n)
	}
	// Out of range gives an infinity, which is better than no shard at all. Archives
	// with such a number are refused; older ones may be there.
	f, _ := strconv.ParseFloat(literal, 64)
	return appendFloat(dst, f)
}
