package web

import (
	"net/http/httptest"
	"slices"
	"testing"

	"vivarium/app/model"
	"vivarium/views"
)

func readTestFiles(t *testing.T, query string) fileQuery {
	t.Helper()
	return readFiles(httptest.NewRequest("GET", "http://vivarium.test/labs/x/files?"+query, nil), "/labs/x/files")
}

func TestFileQueryMatches(t *testing.T) {
	t.Parallel()
	f := model.File{Version: "1.0", Subdir: "linux-64", Labels: []string{"main", "dev"}}
	for query, want := range map[string]bool{
		"": true, "version=&platform=&label=": true, "version=1.0": true, "version=1": false, "platform=linux-64": true, "platform=any": false,
		"label=dev": true, "label=de": false, "version=1.0&platform=linux-64&label=main": true, "version=1.0&label=rc": false, "type=pypi": true,
	} {
		if got := readTestFiles(t, query).matches(f); got != want {
			t.Errorf("?%s: got %t, want %t", query, got, want)
		}
	}
	if !readTestFiles(t, "platform=any").matches(model.File{Type: model.PyPI}) {
		t.Error("a file without a subdir is not for any platform")
	}
}

func TestFileFilters(t *testing.T) {
	t.Parallel()
	p := testDetail()
	p.Releases[1].Files[0].Subdir, p.Releases[1].Files[1].Subdir, p.Releases[2].Files[0].Subdir = "win-64", "noarch", "win-64"
	names := func(f views.FileFilter) (all []string) {
		for _, o := range f.Options {
			all = append(all, o.Value)
		}
		return all
	}
	filters := fileFilters(readTestFiles(t, "version=1.0"), p, p.Files())
	for i, want := range [][]string{{"", "3.0rc1", "2.0", "1.0"}, {"", "noarch", "win-64"}, {"", "main", "dev", "rc", "staging"}} {
		if got := names(filters[i]); !slices.Equal(got, want) {
			t.Errorf("%s offers %q, want %q", filters[i].Label, got, want)
		}
	}
	if o := filters[0].Options; !o[3].Selected || o[0].Selected {
		t.Errorf("the version in force is not selected: %+v", o)
	}
}

func TestRecordForPeople(t *testing.T) {
	t.Parallel()
	record := []byte(`{"depends":["python >=3.13","numpy"],"name":"x"}`)
	if got := dependsOf(record); !slices.Equal(got, []string{"python >=3.13", "numpy"}) {
		t.Errorf("depends: got %q", got)
	}
	if got, want := indented([]byte(`{"name":"x"}`)), "{\n  \"name\": \"x\"\n}"; got != want {
		t.Errorf("indented: got %q, want %q", got, want)
	}
	for _, broken := range []string{"", "{", `{"depends":3}`} {
		if got := dependsOf([]byte(broken)); got != nil {
			t.Errorf("depends of %q: got %q", broken, got)
		}
	}
	if got := indented([]byte("{")); got != "" {
		t.Errorf("what is no JSON is shown as %q", got)
	}
}
