package channelindex

import (
	"bytes"
	"encoding/json"
)

// appendQuoted writes s as a string of JSON, as encoding/json does.
func appendQuoted(dst []byte, s string) []byte {
	for _, c := range []byte(s) {
		if c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			quoted, _ := json.Marshal(s) // a string has always a form in JSON
			return append(dst, quoted...)
		}
	}
	return append(append(append(dst, '"'), s...), '"')
}

// member is an entry of an object of JSON.
func member(key string, value []byte) entry {
	text := make([]byte, 0, len(key)+len(value)+3)
	text = append(appendQuoted(text, key), ':')
	return entry{key, append(text, value...)}
}

// value is what stands behind the name of a member.
func (e entry) value() []byte {
	_, n, _ := cutString(e.text)
	return e.text[n+1:]
}

// item is an entry of a list of strings.
func item(key string) entry { return entry{key, appendQuoted(nil, key)} }

func cutItem(text []byte) (entry, int, error) {
	key, n, err := cutString(text)
	if err != nil {
		return entry{}, 0, err
	}
	return entry{key, text[:n]}, n, nil
}

func cutMember(text []byte) (entry, int, error) {
	key, n, err := cutString(text)
	if err != nil || n >= len(text) || text[n] != ':' {
		return entry{}, 0, errChunk
	}
	size := valueSize(text[n+1:])
	if size == 0 {
		return entry{}, 0, errChunk
	}
	n += 1 + size
	return entry{key, text[:n]}, n, nil
}

// cutString reads the string that text begins with, and returns its length with
// the quotes.
func cutString(text []byte) (string, int, error) {
	n := stringSize(text)
	if n == 0 {
		return "", 0, errChunk
	}
	inside := text[1 : n-1]
	if bytes.IndexByte(inside, '\\') < 0 {
		return string(inside), n, nil
	}
	var s string
	if err := json.Unmarshal(text[:n], &s); err != nil {
		return "", 0, errChunk
	}
	return s, n, nil
}

// stringSize is the length of the string that text begins with, or 0.
func stringSize(text []byte) int {
	if len(text) == 0 || text[0] != '"' {
		return 0
	}
	for at := 1; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		}
	}
	return 0
}

// valueSize is the length of the value that text begins with, or 0. It finds the
// end of what is known to be JSON, and does not check it.
func valueSize(text []byte) int {
	depth := 0
	for at := 0; at < len(text); at++ {
		switch text[at] {
		case '"':
			n := stringSize(text[at:])
			if n == 0 {
				return 0
			}
			at += n - 1
		case '{', '[':
			depth++
			continue
		case '}', ']':
			depth--
		default:
			continue
		}
		if depth == 0 {
			return at + 1
		}
	}
	return 0
}
