package binstar

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"vivarium/app/model"
)

// What a JSON body may be at most: bytes (an icon and a long description fit)
// and depth of nesting.
const (
	maxBody  = 8 << 20
	maxDepth = 64
)

// decode reads the JSON body into into. No body at all is fine and leaves into
// as it is: clients send the JSON content type without one. Of duplicate keys the
// last wins.
func decode(r *http.Request, into any) error {
	raw, err := readBody(r)
	if err != nil || len(raw) == 0 {
		return err
	}
	if depth(raw) > maxDepth {
		return model.Errorf(model.Invalid, "The body is nested too deeply: at most %d levels.", maxDepth)
	}
	return explain(json.Unmarshal(raw, into))
}

func readBody(r *http.Request) ([]byte, error) {
	if r.ContentLength == 0 || r.Body == nil {
		return nil, nil
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	switch {
	case len(raw) > maxBody:
		return nil, model.Errorf(model.TooLarge, "The body is too large: at most %d bytes.", maxBody)
	case model.CodeOf(err) == model.TooLarge: // the server's own limit
		return nil, err
	case err != nil:
		return nil, model.Errorf(model.Invalid, "The body ended before it was complete. Try again.")
	}
	return bytes.TrimSpace(raw), nil
}

// explain turns what encoding/json says into a sentence.
func explain(err error) error {
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrong) && wrong.Field != "":
		return model.Errorf(model.Invalid, "The field %q cannot be a JSON %s.", wrong.Field, wrong.Value)
	case errors.As(err, &wrong):
		return model.Errorf(model.Invalid, "The body must be a JSON object, not a JSON %s.", wrong.Value)
	}
	return model.Errorf(model.Invalid, "The body is not valid JSON.")
}

// depth returns how deep the brackets of raw nest, without parsing it.
func depth(raw []byte) int {
	deepest, now, inString := 0, 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			now++
			deepest = max(deepest, now)
		case c == '}' || c == ']':
			now--
		}
	}
	return deepest
}
