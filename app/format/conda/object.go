package conda

import (
	"encoding/json"
	"strconv"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// object is a JSON object whose members are looked up by their exact keys, typed.
// The first member of a wrong type is remembered in err.
type object struct {
	what   string // the file's name, for sentences
	fields map[string]json.RawMessage
	err    error
}

// parseObject reads raw, which must be one JSON object.
func parseObject(raw []byte, what string) (*object, error) {
	canonical, err := canonicalJSON(raw, what)
	if err != nil {
		return nil, err
	}
	o := &object{what: what}
	if canonical[0] != '{' {
		return nil, model.Errorf(model.Invalid, "%s must hold a JSON object.", what)
	}
	if err := json.Unmarshal(canonical, &o.fields); err != nil {
		return nil, archive.Refuse(what, err)
	}
	return o, nil
}

func (o *object) has(key string) bool {
	raw, ok := o.fields[key]
	return ok && string(raw) != "null"
}

func (o *object) refuse(key, want string) {
	if o.err == nil {
		o.err = model.Errorf(model.Invalid, "%s must give %q as %s.", o.what, key, want)
	}
}

// text returns a string, or "" when it is absent or null.
func (o *object) text(key string) (s string) {
	if o.has(key) && json.Unmarshal(o.fields[key], &s) != nil {
		o.refuse(key, "a text")
	}
	return s
}

// needText returns a string that must be there.
func (o *object) needText(key string) string {
	if !o.has(key) {
		o.refuse(key, "a text")
	}
	return o.text(key)
}

// number returns a whole number from 0 to most, or 0 when it is absent or null.
func (o *object) number(key string, most int64) int64 {
	if !o.has(key) {
		return 0
	}
	n, err := strconv.ParseInt(string(o.fields[key]), 10, 64)
	if err != nil || n < 0 || n > most {
		o.refuse(key, "a whole number from 0 to "+strconv.FormatInt(most, 10))
	}
	return n
}

// texts returns a list of at most most strings, which is empty when it is absent.
func (o *object) texts(key string, most int) []string {
	list := []string{}
	raw, ok := o.fields[key]
	if !ok {
		return list
	}
	var items []json.RawMessage
	if raw[0] != '[' || json.Unmarshal(raw, &items) != nil {
		o.refuse(key, "a list of texts")
	}
	if len(items) > most {
		o.refuse(key, "a list of at most "+strconv.Itoa(most)+" texts")
		return list
	}
	for _, item := range items {
		var s string
		if item[0] != '"' || json.Unmarshal(item, &s) != nil {
			o.refuse(key, "a list of texts")
		}
		list = append(list, s)
	}
	return list
}

// kind returns the first byte of a value, or 0 when it is absent or null.
func (o *object) kind(key string) byte {
	if !o.has(key) {
		return 0
	}
	return o.fields[key][0]
}
