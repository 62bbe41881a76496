package conda

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"vivarium/app/format/archive"
)

// CanonicalJSON returns raw with the keys of all objects sorted by their bytes and
// without blanks: equal content gives equal bytes. Numbers stay as written, and
// text has only the escapes that JSON demands. It fails with Invalid on what is no
// JSON, on a key that comes twice in one object, on text that is not UTF-8, and
// beyond MaxDepth.
func CanonicalJSON(raw []byte) (json.RawMessage, error) { return canonicalJSON(raw, "The JSON text") }

// canonicalJSON is CanonicalJSON with what as the name in its sentences.
func canonicalJSON(raw []byte, what string) (json.RawMessage, error) {
	c := &canonicalizer{}
	if err := scanJSON(bytes.NewReader(raw), len(raw), c.visit); err != nil {
		return nil, refuseJSON(what, err)
	}
	return c.out, nil
}

// canonicalizer writes the tokens that it visits. The members of an object stand
// in out as they come until its end, which puts them in order.
type canonicalizer struct {
	out    []byte
	spare  []byte
	nested []nesting
}

type nesting struct {
	list    bool
	start   int // of the brace or bracket in out
	members []member
}

// member is one member of an object: its key and its bytes, key included.
type member struct {
	key        string
	start, end int
}

func (c *canonicalizer) visit(kind token, text []byte) error {
	if kind == closeObject || kind == closeList {
		return c.leave()
	}
	c.separate()
	switch kind {
	case openObject, openList:
		c.nested = append(c.nested, nesting{list: kind == openList, start: len(c.out)})
		c.out = append(c.out, byte(kind))
	case keyToken:
		top := &c.nested[len(c.nested)-1]
		top.members = append(top.members, member{key: string(text), start: len(c.out)})
		c.out = append(appendText(c.out, text), ':')
	case textToken:
		c.out = appendText(c.out, text)
	default:
		c.out = append(c.out, text...)
	}
	return nil
}

// separate writes the comma before a list's second item and all later ones.
func (c *canonicalizer) separate() {
	if len(c.nested) == 0 {
		return
	}
	if top := c.nested[len(c.nested)-1]; top.list && len(c.out) > top.start+1 {
		c.out = append(c.out, ',')
	}
}

func (c *canonicalizer) leave() error {
	top := c.nested[len(c.nested)-1]
	c.nested = c.nested[:len(c.nested)-1]
	if top.list {
		c.out = append(c.out, ']')
		return nil
	}
	for i := range top.members {
		top.members[i].end = len(c.out)
		if i+1 < len(top.members) {
			top.members[i].end = top.members[i+1].start
		}
	}
	slices.SortFunc(top.members, func(a, b member) int { return strings.Compare(a.key, b.key) })
	c.spare = append(c.spare[:0], '{')
	for i, m := range top.members {
		if i > 0 && m.key == top.members[i-1].key {
			return syntaxError(fmt.Sprintf("the key %s comes twice", archive.Quote(m.key)))
		}
		if i > 0 {
			c.spare = append(c.spare, ',')
		}
		c.spare = append(c.spare, c.out[m.start:m.end]...)
	}
	c.out = append(append(c.out[:top.start], c.spare...), '}')
	return nil
}
