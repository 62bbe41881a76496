package conda_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"vivarium/app/format/conda"
	"vivarium/app/model"
)

func TestCheckPatch(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ patch, want, problem string }{
		{`{"license": "MIT", "depends": []}`, `{"depends":[],"license":"MIT"}`, ""},
		{`{"constrains": null, "track_features": "x"}`, `{"constrains":null,"track_features":"x"}`, ""},
		{`{"purls": ["pkg:pypi/a"]}`, `{"purls":["pkg:pypi/a"]}`, ""},
		{`{}`, "", "The patch says nothing. Clear the patch instead."},
		{`[]`, "", "The patch must hold a JSON object."},
		{`{"name":"b"}`, "", `A patch cannot change "name".`},
		{`{"indexed_timestamp":1}`, "", `A patch cannot change "indexed_timestamp".`},
		{`{"depends":"python"}`, "", `The patch must give "depends" as a list of texts.`},
		{`{"depends":null}`, "", `The patch must give "depends" as a list of texts.`},
		{`{"depends":["  "]}`, "", `The patch must give "depends" as a list of texts, none of them empty.`},
		{`{"depends":["a\nb"]}`, "", `The patch must give "depends" as a list of texts, none of them empty.`},
		{`{"depends":[1]}`, "", `The patch must give "depends" as a list of texts.`},
		{`{"license":1}`, "", `The patch must give "license" as a text.`},
		{`{"license":"a","license":"b"}`, "", `The patch is not valid JSON: the key "license" comes twice.`},
		{`{"license":"` + strings.Repeat("x", 256<<10) + `"}`, "", "A patch may have at most 262144 bytes."},
	} {
		got, err := conda.CheckPatch([]byte(tt.patch))
		if tt.problem == "" {
			if err != nil || string(got) != tt.want {
				t.Errorf("%.60s: got %s, %v, want %s", tt.patch, got, err, tt.want)
			}
			continue
		}
		if model.CodeOf(err) != model.Invalid || err == nil || !strings.HasPrefix(err.Error(), tt.problem) {
			t.Errorf("%.60s: got %v, want %s", tt.patch, err, tt.problem)
		}
	}
}

func TestPatchedAndIndexed(t *testing.T) {
	t.Parallel()
	record := json.RawMessage(`{"build":"0","constrains":["x"],"depends":["a"],"license":"GPL","strange":1.50}`)
	got, err := conda.Patched(record, json.RawMessage(`{"constrains":null,"depends":["b"],"namespace":"n"}`))
	if want := `{"build":"0","depends":["b"],"license":"GPL","namespace":"n","strange":1.50}`; err != nil || string(got) != want {
		t.Errorf("patched: got %s, %v, want %s", got, err, want)
	}
	got, err = conda.Indexed(record, time.UnixMilli(1795104120123))
	if want := `{"build":"0","constrains":["x"],"depends":["a"],"indexed_timestamp":1795104120123,"license":"GPL","strange":1.50}`; err != nil || string(got) != want {
		t.Errorf("indexed: got %s, %v, want %s", got, err, want)
	}
}

// FuzzCheckPatch: what is accepted can be applied, stays canonical, and leaves the
// file's name and digests alone.
func FuzzCheckPatch(f *testing.F) {
	for _, seed := range []string{`{"depends":["a >=1"],"license":null}`, `{"name":"x"}`, `{"depends":[]}`, `[`, `{"purls":["p"],"constrains":null}`} {
		f.Add([]byte(seed))
	}
	record := json.RawMessage(`{"depends":["a"],"md5":"m","name":"n","sha256":"s","size":1}`)
	f.Fuzz(func(t *testing.T, raw []byte) {
		patch, err := conda.CheckPatch(raw)
		if err != nil {
			return
		}
		got, err := conda.Patched(record, patch)
		if err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
		if canonical, err := conda.CanonicalJSON(got); err != nil || string(canonical) != string(got) {
			t.Fatalf("%s: not canonical: %s, %v", raw, got, err)
		}
		var after struct {
			MD5, Name, SHA256 string
			Size              int
			Depends           []string
		}
		if err := json.Unmarshal(got, &after); err != nil || after.Name != "n" || after.SHA256 != "s" || after.MD5 != "m" || after.Size != 1 || after.Depends == nil {
			t.Fatalf("%s: %s, %v", raw, got, err)
		}
	})
}
