package e2e

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// repodata is what the tests read of a subdir's index.
type repodata struct {
	Info          struct{ Subdir string }
	Packages      map[string]record
	PackagesConda map[string]record `json:"packages.conda"`
}

// record is what the tests read of a package record.
type record struct {
	Name, Version, Build, Subdir, MD5, SHA256 string
	Size                                      int64
	Depends                                   []string
}

// files are the names in the index, sorted.
func (r repodata) files() []string {
	names := slices.Concat(slices.Collect(maps.Keys(r.Packages)), slices.Collect(maps.Keys(r.PackagesConda)))
	slices.Sort(names)
	return names
}

// readRepodata reads the index at path/repodata.json.
func readRepodata(t *testing.T, s *server, path string) repodata {
	t.Helper()
	a := s.get("", path+"/repodata.json").is(t, 200)
	var r repodata
	if err := json.Unmarshal(a.body, &r); err != nil {
		t.Fatalf("%s: %v\n%.500s", a.request, err, a.body)
	}
	return r
}

// wantFiles fails the test unless the index at path lists exactly files.
func wantFiles(t *testing.T, s *server, path string, files ...string) {
	t.Helper()
	slices.Sort(files)
	if got := readRepodata(t, s, path).files(); !slices.Equal(got, files) {
		t.Fatalf("%s lists %q, want %q", path, got, files)
	}
}

// absentTwin is the path with a name in it that no package has.
func absentTwin(path string) string { return strings.ReplaceAll(path, "tinyn", "tinyz") }

// makeFolders makes folders below the client's home.
func (c *client) makeFolders(names ...string) {
	c.t.Helper()
	for _, n := range names {
		if err := os.MkdirAll(filepath.Join(c.Home, n), 0o755); err != nil {
			c.t.Fatal(err)
		}
	}
}

// sameFile fails the test unless the file below the client's home has the bytes of
// the other.
func (c *client) sameFile(name, other string) {
	c.t.Helper()
	got, err := os.ReadFile(filepath.Join(c.Home, name))
	if err != nil {
		c.t.Fatal(err)
	}
	want, err := os.ReadFile(other)
	if err != nil {
		c.t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		c.t.Errorf("%s has %d bytes that differ from the %d uploaded", name, len(got), len(want))
	}
}
