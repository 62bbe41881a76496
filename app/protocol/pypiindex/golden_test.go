package pypiindex_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// volatile is what differs from run to run, or with how well archives are packed.
var volatile = []struct {
	pattern *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z`), "<moment with microseconds>"},
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\b`), "<moment>"},
	{regexp.MustCompile(`Last-Modified: .*`), "Last-Modified: <moment>"},
	{regexp.MustCompile(`Content-Length: .*`), "Content-Length: <bytes>"},
	{regexp.MustCompile(`"size": \d+`), `"size": <bytes>`},
	{regexp.MustCompile(`\b[0-9a-f]{64}\b`), "<sha256>"},
	{regexp.MustCompile(`\b[0-9a-f]{32}\b`), "<128 bits>"},
}

// golden compares a whole answer, headers included, with testdata/name.txt.
func golden(t *testing.T, name string, w *httptest.ResponseRecorder) {
	t.Helper()
	var got bytes.Buffer
	fmt.Fprintf(&got, "%d\n", w.Code)
	for _, key := range slices.Sorted(maps.Keys(w.Header())) {
		fmt.Fprintf(&got, "%s: %s\n", key, strings.Join(w.Header()[key], " | "))
	}
	got.WriteByte('\n')
	if json.Indent(&got, bytes.TrimSpace(w.Body.Bytes()), "", "  ") != nil {
		got.Write(w.Body.Bytes())
	}
	text := strings.TrimRight(got.String(), "\n") + "\n"
	for _, v := range volatile {
		text = v.pattern.ReplaceAllString(text, v.instead)
	}
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s differs, rewrite with -update:\ngot  %s\nwant %s", name, text, want)
	}
}
