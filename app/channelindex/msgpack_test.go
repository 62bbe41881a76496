package channelindex

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"github.com/vmihailenco/msgpack/v5"
)

func TestEncodeValue(t *testing.T) {
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
		var value any
		if err := decode([]byte(test.json), &value); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := encodeValue(msgpack.NewEncoder(&out), value); err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(out.Bytes()); got != test.want {
			t.Errorf("%s: got %s, want %s", test.json, got, test.want)
		}
	}
}

func TestEncodeValueRefusesStrangers(t *testing.T) {
	t.Parallel()
	if err := encodeValue(msgpack.NewEncoder(&bytes.Buffer{}), struct{}{}); err == nil {
		t.Error("a struct was encoded")
	}
}

func TestBrokenRecordNamesFile(t *testing.T) {
	t.Parallel()
	for _, r := range []Record{
		{FileName: "x-1-0.conda", JSON: json.RawMessage(`{"name":`)},
		{FileName: "x-1-0.conda", JSON: json.RawMessage(`{}`), RunExports: json.RawMessage(`{`)},
	} {
		err := encodeShard(msgpack.NewEncoder(&bytes.Buffer{}), []Record{r})
		if err == nil || !strings.Contains(err.Error(), "x-1-0.conda") {
			t.Errorf("got %v, want an error that names the file", err)
		}
	}
}
