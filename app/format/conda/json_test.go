package conda_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"vivarium/app/format/conda"
	"vivarium/app/model"
)

func TestCanonicalJSON(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		` { "b" : 1 , "a" : [ 1 , { } , [ ] ] } `:              `{"a":[1,{},[]],"b":1}`,
		`{"b":{"d":1,"c":2},"a":{"f":{"h":1,"g":2}}}`:          `{"a":{"f":{"g":2,"h":1}},"b":{"c":2,"d":1}}`,
		`[1.0, 1e5, -0, 123456789012345678901234567890, 0.10]`: `[1.0,1e5,-0,123456789012345678901234567890,0.10]`,
		`"<a> & \u00e9 \/ \u2028 \ud83d\ude00"`:                "\"<a> & é / \u2028 😀\"",
		`"\u0000\b\f\n\r\t\"\\\u001F"`:                         `"\u0000\u0008\u000c\n\r\t\"\\\u001f"`,
		`"\ud83d x \ude00 \ud83d\u0041 \ud83d\ud83d"`:          "\"\ufffd x \ufffd \ufffdA \ufffd\ufffd\"",
		`{"é":1,"z":2,"Z":3,"":4}`:                             `{"":4,"Z":3,"z":2,"é":1}`,
		"true":                                                 "true", "null": "null", "\t0\n": "0",
		strings.Repeat("[", 64) + strings.Repeat("]", 64): strings.Repeat("[", 64) + strings.Repeat("]", 64),
	} {
		got, err := conda.CanonicalJSON([]byte(raw))
		if err != nil || string(got) != want {
			t.Errorf("%s: got %s, %v, want %s", raw, got, err, want)
		}
	}
}

func TestCanonicalJSONRefused(t *testing.T) {
	t.Parallel()
	for raw, sentence := range map[string]string{
		"": "too early", " ": "too early", "{": "too early", `{"a"`: "too early", `{"a":`: "too early", `{"a":1`: "too early", "[1": "too early", `"a`: "too early", `"\u12`: "too early", `"\`: "too early",
		"{,}": "character", `{"a":1,}`: "character", "[1,]": "character", "[,1]": "character", "[1 2]": "character", `{"a" 1}`: "character", "{1:2}": "character", "]": "character", "1 1": "character", "{}]": "character", `{"a":1;}`: "character", "+1": "character", "'a'": "character",
		"01": "number or word", "1.": "number or word", ".5": "character", "-": "number or word", "1e": "number or word", "tru": "number or word", "NaN": "number or word", "nullx": "number or word", "0x1": "number or word", strings.Repeat("1", 65): "number or word",
		`"\x"`: "escape", `"\u12g4"`: "escape", `"\ud83d\u12g4"`: "escape", "\"\n\"": "escape", "\"\xc3\"": "UTF-8", `{"a":1,"a":1}`: `the key "a" comes twice`, `{"x":{"a":1,"b":2,"\u0061":3}}`: `the key "a" comes twice`,
		strings.Repeat("[", 65) + strings.Repeat("]", 65): "nested",
	} {
		got, err := conda.CanonicalJSON([]byte(raw))
		if model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), sentence) {
			t.Errorf("%q: got %s, %v, want Invalid with %q", raw, got, err, sentence)
		}
	}
}

// FuzzCanonicalJSON checks that what is canonical means the same, stays as it is
// when made canonical again, and is what encoding/json too calls JSON.
func FuzzCanonicalJSON(f *testing.F) {
	for _, seed := range []string{`{"b":[1.0,true,null,"\ud83d\ude00"],"a":{"c":-1e9}}`, `{"a":1,"a":2}`, `[[[]]]`, `"\u0000"`, "NaN", "\xff", ""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := conda.CanonicalJSON(raw)
		if err != nil {
			if model.CodeOf(err) != model.Invalid {
				t.Fatalf("got %v, want Invalid", err)
			}
			return
		}
		if want := decode(t, raw); !reflect.DeepEqual(decode(t, got), want) {
			t.Errorf("got %s, which is not %s", got, raw)
		}
		again, err := conda.CanonicalJSON(got)
		if err != nil || !bytes.Equal(got, again) {
			t.Errorf("got %s, then %s, %v", got, again, err)
		}
	})
}

func decode(t *testing.T, raw []byte) (v any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&v); err != nil {
		t.Fatalf("accepted %q, which encoding/json calls %v", raw, err)
	}
	return v
}
