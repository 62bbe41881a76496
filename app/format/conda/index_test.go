package conda_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

func TestU10IndexRefused(t *testing.T) {
	t.Parallel()
	var list []hostile
	raw := func(name, text, sentence string) {
		list = append(list, both(t, name, condatest.Spec{Info: map[string]string{"index.json": text}}, sentence)...)
	}
	raw("65 levels", strings.Repeat(`{"a":`, 65)+"1"+strings.Repeat("}", 65), "nested more than 64 levels")
	raw("a million levels", strings.Repeat("[", 1_000_000), "nested more than 64 levels")
	raw("a million depends", `{"depends": ["`+strings.Repeat(`a","`, 1_000_000)+`"]}`, "larger than 1024 KiB")
	raw("NaN", `{"name": NaN}`, "a number or word in it is not allowed")
	raw("Infinity", `{"build_number": -Infinity}`, "a number or word in it is not allowed")
	raw("not UTF-8", "{\"name\": \"\xff\"}", "not UTF-8")
	raw("byte order mark", "\ufeff{}", "a character stands where it may not")
	raw("two values", "{} {}", "a character stands where it may not")
	raw("nothing", "", "it ends too early")
	raw("list", "[]", "must hold a JSON object")
	raw("null", "null", "must hold a JSON object")
	raw("key in another case", `{"Name": "demo", "version": "1.0", "build": "0", "build_number": 0, "subdir": "noarch"}`, `must give "name" as a text`)

	for _, number := range []string{"1e400", "-1e400", "18446744073709551616", "-9223372036854775809", "123456789012345678901234567890"} {
		raw(number, `{"name": "demo", "version": "1.0", "build": "0", "build_number": 0, "subdir": "noarch", "x": {"y": [`+number+`]}}`, "has the number "+number+", which is beyond 64 bits.")
	}

	specs := make([]string, 5000)
	for key, values := range map[string][]any{
		"name":         {1, []string{"a"}, map[string]any{}, true},
		"version":      {1.0, []string{"1.0"}},
		"build":        {0, false},
		"build_number": {"0", 1.5, -1, 1e30, true},
		"depends":      {"python", []any{1}, []any{nil}, map[string]any{}, specs},
		"constrains":   {"python", []any{[]any{}}, []string{""}, []string{"a\nb"}, []string{strings.Repeat("a", 2000)}},
		"license":      {[]string{"MIT"}, 1},
		"timestamp":    {"now", -1, 1e18, 1.5},
		"noarch":       {1, []string{}},
		"arch":         {1}, "platform": {[]string{}}, "features": {1}, "track_features": {1, []any{1}},
	} {
		for _, value := range values {
			name := fmt.Sprintf("%s as %.40v", key, value)
			list = append(list, both(t, name, condatest.Spec{Index: map[string]any{key: value}}, "info/index.json")...)
		}
	}
	for _, key := range []string{"name", "version", "build", "build_number"} {
		list = append(list, both(t, "no "+key, condatest.Spec{Index: map[string]any{key: nil}}, fmt.Sprintf("%q", key))...)
		raw("null "+key, strings.Replace(`{"name": "demo", "version": "1.0", "build": "0", "build_number": 0, "subdir": "noarch", "x": 0}`, `"`+key+`": `, `"`+key+`": null, "y`+key+`": `, 1), fmt.Sprintf("%q", key))
	}
	refused(t, list)
}

func TestIndexAccepted(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		index map[string]any
		want  string
	}{
		"no depends":         {map[string]any{"depends": nil}, `"depends":[]`},
		"unknown keys":       {map[string]any{"zebra": map[string]any{"b": 1.50, "a": "<&>"}}, `"zebra":{"a":"<&>","b":1.5}}`},
		"64 bits":            {map[string]any{"x": []json.Number{"18446744073709551615", "-9223372036854775808", "1.5e308"}}, `"x":[18446744073709551615,-9223372036854775808,1.5e308]}`},
		"far future":         {map[string]any{"timestamp": 32503680000000}, `"timestamp":32503680000000`},
		"noarch true":        {map[string]any{"noarch": true, "subdir": nil}, `"subdir":"noarch"`},
		"platform and arch":  {map[string]any{"noarch": nil, "subdir": nil, "platform": "win", "arch": "x86"}, `"subdir":"win-32"`},
		"arch as it is":      {map[string]any{"noarch": nil, "subdir": nil, "platform": "linux", "arch": "ppc64le"}, `"subdir":"linux-ppc64le"`},
		"server's keys":      {map[string]any{"indexed_timestamp": 1, "url": "http://x", "md5": "0", "size": "x"}, `"md5":"m","name":"demo","noarch":"generic","sha256":"s","size":9,"subdir"`},
		"features as a list": {map[string]any{"track_features": []string{"a"}}, `"track_features":["a"]`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fileName, data := condatest.Build(t, condatest.Spec{Index: test.index})
			info, err := read(data, fileName)
			if err != nil {
				t.Fatal(err)
			}
			got, err := info.Record("m", "s", 9)
			if err != nil || !strings.Contains(string(got), test.want) {
				t.Errorf("got %s, %v, want %s in it", got, err, test.want)
			}
			for _, key := range []string{"indexed_timestamp", "http://x"} {
				if strings.Contains(string(got), key) {
					t.Errorf("got %s, want no %s in it", got, key)
				}
			}
		})
	}
}

// TestU10Mutated changes index.json at random: any outcome but a crash or an
// unexpected error will do.
func TestU10Mutated(t *testing.T) {
	t.Parallel()
	source := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		text := []byte(`{"name": "demo", "version": "1.0", "build": "0", "build_number": 0, "subdir": "noarch", "depends": ["a >=1"], "timestamp": 1}`)
		for range 1 + source.IntN(4) {
			text[source.IntN(len(text))] = `{}[]",:0a\u -.`[source.IntN(14)]
		}
		fileName, data := condatest.Build(t, condatest.Spec{Info: map[string]string{"index.json": string(text)}})
		if _, err := read(data, fileName); err != nil && model.CodeOf(err) != model.Invalid {
			t.Errorf("%s: got %v (%v)", text, err, model.CodeOf(err))
		}
	}
}
