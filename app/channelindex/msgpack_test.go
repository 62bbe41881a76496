package channelindex

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vmihailenco/msgpack/v5"
)

func TestTranscode(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ json, want string }{
		{`null`, "c0"},
		{`true`, "c3"},
		{`0`, "00"},
		{`-0`, "00"},
		{`-1`, "ff"},
		{`1772600767890`, "cf0000019cb73d3592"},
		{`9223372036854775807`, "cf7fffffffffffffff"},
		{`18446744073709551615`, "cfffffffffffffffff"},
		{`-9223372036854775808`, "d38000000000000000"},
		{`18446744073709551616`, "cb43f0000000000000"},
		{`1.0`, "cb3ff0000000000000"},
		{`1e2`, "cb4059000000000000"},
		{`1e999`, "cb7ff0000000000000"},
		{`"é\u0000"`, "a3c3a900"},
		{`[]`, "90"},
		{`{"b":[1],"a":{}}`, "82a16180a1629101"},
	} {
		text, err := compact([]byte(test.json))
		if err != nil {
			t.Fatal(err)
		}
		out, err := transcode(nil, text)
		if err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(out); got != test.want {
			t.Errorf("%s: got %s, want %s", test.json, got, test.want)
		}
	}
}

func TestBrokenRecordNamesFile(t *testing.T) {
	t.Parallel()
	for _, r := range []Record{
		{FileName: "x-1-0.conda", JSON: json.RawMessage(`{"name":`)},
		{FileName: "x-1-0.conda", JSON: json.RawMessage(`{}`), RunExports: json.RawMessage(`{`)},
	} {
		_, err := encodeShard(nil, []Record{r})
		if err == nil || !strings.Contains(err.Error(), "x-1-0.conda") {
			t.Errorf("got %v, want an error that names the file", err)
		}
	}
}

// reference writes a value of JSON through Go's values and a library.
func reference(e *msgpack.Encoder, value any) error {
	switch v := value.(type) {
	case json.Number:
		if !strings.ContainsAny(v.String(), ".eE") {
			if n, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
				return e.EncodeInt(n)
			}
			if n, err := strconv.ParseUint(v.String(), 10, 64); err == nil {
				return e.EncodeUint(n)
			}
		}
		f, _ := v.Float64()
		return e.EncodeFloat64(f)
	case []any:
		err := e.EncodeArrayLen(len(v))
		for _, item := range v {
			err = errors.Join(err, reference(e, item))
		}
		return err
	case map[string]any:
		err := e.EncodeMapLen(len(v))
		for _, key := range slices.Sorted(maps.Keys(v)) {
			err = errors.Join(err, e.EncodeString(key), reference(e, v[key]))
		}
		return err
	}
	return e.Encode(value) // nil, a bool, a string
}

func FuzzTranscode(f *testing.F) {
	for _, seed := range []string{
		`{"b":[1,-1,-33,-129,-32769,-2147483649,127,128,255,256,65535,65536,4294967296,18446744073709551615],"a":{},"":null}`,
		`[[],{"x":{"y":[true,false]}},1.5,1e400,"\ud800 \u00e9",0.1]`, `"` + strings.Repeat("long", 100) + `"`, `{"a":1,"a":2}`, ` [ 1 , {"k" : "v"} ] `,
		"[" + strings.Repeat("1,", 5_000) + "1]", `"` + strings.Repeat("x", 5_000) + `"`, "\"\xff\"",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := compact(data)
		if (err == nil) != json.Valid(data) {
			t.Fatalf("compact: %v", err)
		}
		if err != nil {
			return
		}
		got, err := transcode(nil, text)
		if err != nil {
			t.Fatal(err)
		}
		var value any
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber()
		if err := d.Decode(&value); err != nil {
			return // too deep
		}
		var want bytes.Buffer
		if err := reference(msgpack.NewEncoder(&want), value); err != nil || !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%q: got %x, want %x, %v", data, got, want.Bytes(), err)
		}
	})
}
