package channelindex_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

// Every form of a document has the same bytes in it.
func TestFormsAgree(t *testing.T) {
	t.Parallel()
	for _, records := range [][]channelindex.Record{nil, sampleRecords(), manyRecords(3000)} {
		x, s := channelindex.New(model.Clock{}), newSource(1, records)
		for _, f := range []model.IndexFormat{model.Repodata, model.CurrentRepodata, model.RunExports, model.PatchInstructions} {
			plain := open(t, x, linux64, 1, s, f)
			if !json.Valid(plain.Body) {
				t.Errorf("%s of %d records is not JSON", f, len(records))
			}
			packed, zipped := open(t, x, linux64, 1, s, f.Gzip()), open(t, x, linux64, 1, s, f.Zstd())
			if !bytes.Equal(gunzip(t, packed.Body), plain.Body) || !bytes.Equal(unzstd(t, zipped.Body), plain.Body) {
				t.Errorf("%s of %d records: the forms differ", f, len(records))
			}
			if plain.ETag == packed.ETag || plain.ETag == zipped.ETag || packed.ETag == zipped.ETag {
				t.Errorf("%s of %d records: two forms have one ETag", f, len(records))
			}
		}
	}
}

// current is the files that current_repodata.json has of records.
func current(t *testing.T, records ...channelindex.Record) []string {
	t.Helper()
	r := readJSON(t, open(t, channelindex.New(model.Clock{}), linux64, 1, newSource(1, records), model.CurrentRepodata).Body)
	return slices.Sorted(maps.Keys(maps.Collect(func(yield func(string, bool) bool) {
		for _, section := range []map[string]map[string]any{r.Packages, r.PackagesConda} {
			for name := range section {
				if !yield(name, true) {
					return
				}
			}
		}
	})))
}

func TestCurrentRepodata(t *testing.T) {
	t.Parallel()
	removed := record("a", "3.0", ".conda", nil)
	removed.Removed = true
	for _, tt := range []struct {
		name    string
		records []channelindex.Record
		want    []string
	}{
		{"numbers are no text", []channelindex.Record{record("a", "1.9", ".conda", nil), record("a", "1.10", ".conda", nil)}, []string{"a-1.10-h0123_0.conda"}},
		{"both archive types", []channelindex.Record{record("a", "1.0", ".conda", nil), record("a", "1.0", ".tar.bz2", nil)}, []string{"a-1.0-h0123_0.conda", "a-1.0-h0123_0.tar.bz2"}},
		{"equal versions", []channelindex.Record{record("a", "1", ".conda", nil), record("a", "1.0", ".conda", nil), record("a", "0.9", ".conda", nil)}, []string{"a-1-h0123_0.conda", "a-1.0-h0123_0.conda"}},
		{"a prerelease is newer than what is before it", []channelindex.Record{record("a", "1.9", ".conda", nil), record("a", "2.0rc1", ".conda", nil)}, []string{"a-2.0rc1-h0123_0.conda"}},
		{"an epoch wins", []channelindex.Record{record("a", "2024.1", ".conda", nil), record("a", "1!0.1", ".conda", nil)}, []string{"a-1!0.1-h0123_0.conda"}},
		{"a version that is none loses", []channelindex.Record{record("a", "zz..9", ".conda", nil), record("a", "0.1", ".conda", nil)}, []string{"a-0.1-h0123_0.conda"}},
		{"a yanked file does not count", []channelindex.Record{removed, record("a", "1.0", ".conda", nil)}, []string{"a-1.0-h0123_0.conda"}},
		{"all are yanked", []channelindex.Record{removed}, nil},
		{"each package for itself", []channelindex.Record{record("a", "1.0", ".conda", nil), record("a-b", "2.0", ".conda", nil)}, []string{"a-1.0-h0123_0.conda", "a-b-2.0-h0123_0.conda"}},
	} {
		if got := current(t, tt.records...); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestRunExports(t *testing.T) {
	t.Parallel()
	records := []channelindex.Record{record("known", "1", ".conda", nil), record("none", "1", ".conda", nil), record("old", "1", ".tar.bz2", nil), record("unknown", "1", ".conda", nil)}
	records[0].RunExports = json.RawMessage(`{"strong":["known >=1"],"weak_constrains":["x <2"]}`)
	records[1].RunExports = json.RawMessage(`{}`)
	records[2].RunExports = json.RawMessage(`["old >=1"]`)
	got := string(open(t, channelindex.New(model.Clock{}), linux64, 1, newSource(1, records), model.RunExports).Body)
	const pad = "                   " // ends a chunk
	const want = `{"info":{"subdir":"linux-64","version":1},"packages":{"old-1-h0123_0.tar.bz2":{"run_exports":{"weak":["old >=1"]}}` + pad + `},` +
		`"packages.conda":{"known-1-h0123_0.conda":{"run_exports":{"strong":["known >=1"],"weak_constrains":["x <2"]}},"none-1-h0123_0.conda":{"run_exports":{}}` + pad + `}}`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// instructions are what patch_instructions.json has of records.
func instructions(t *testing.T, records ...channelindex.Record) map[string]string {
	t.Helper()
	var r struct {
		Packages      map[string]json.RawMessage
		PackagesConda map[string]json.RawMessage `json:"packages.conda"`
	}
	if err := json.Unmarshal(open(t, channelindex.New(model.Clock{}), linux64, 1, newSource(1, records), model.PatchInstructions).Body, &r); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, section := range []map[string]json.RawMessage{r.Packages, r.PackagesConda} {
		for name, patch := range section {
			all[name] = string(patch)
		}
	}
	return all
}

// TestPatchOfATwin: a patch of x.tar.bz2 is applied to x.conda as well, which then
// says what stays as it is.
func TestPatchOfATwin(t *testing.T) {
	t.Parallel()
	const patch = `{"depends":["a <3"],"license":null,"namespace":"n"}`
	twins := func(conda string) []channelindex.Record {
		records := []channelindex.Record{
			record("a", "1", ".conda", map[string]any{"depends": []string{"b"}}), record("a", "1", ".tar.bz2", nil), record("a", "2", ".conda", nil),
		}
		records[1].Patch = json.RawMessage(patch)
		if conda != "" {
			records[0].Patch = json.RawMessage(conda)
		}
		return records
	}
	for _, tt := range []struct{ conda, want string }{
		{"", `{"depends":["b"],"license":"MIT","namespace":null}`},
		{`{"depends":["b"]}`, `{"depends":["b"],"license":"MIT","namespace":null}`},
		{`{"purls":null}`, `{"depends":["b"],"license":"MIT","namespace":null,"purls":null}`},
	} {
		got := instructions(t, twins(tt.conda)...)
		if len(got) != 2 || got["a-1-h0123_0.tar.bz2"] != patch || got["a-1-h0123_0.conda"] != tt.want {
			t.Errorf("%s: got %v, want %s", tt.conda, got, tt.want)
		}
	}
	gone := twins("")
	gone[1].Removed = true
	if got := instructions(t, gone...); len(got) != 0 {
		t.Errorf("beside a yanked file: %v", got)
	}
	gone[1].Removed, gone[0].Removed = false, true
	if got := instructions(t, gone...); len(got) != 1 {
		t.Errorf("of a yanked file: %v", got)
	}
}
