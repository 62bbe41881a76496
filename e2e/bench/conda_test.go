package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// members returns the names of the members of the archive and, of its info part,
// the bytes of each file.
func members(t *testing.T, p condaPackage) (names []string, info map[string][]byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(p.body), int64(len(p.body)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if names = append(names, f.Name); f.Method != zip.Store {
			t.Errorf("%s is compressed in the zip archive", f.Name)
		}
		if f.Name == "info-"+p.name+"-1.0-0.tar.zst" {
			info = untar(t, f)
		}
	}
	return names, info
}

func untar(t *testing.T, f *zip.File) map[string][]byte {
	t.Helper()
	packed, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	z, err := zstd.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	files := map[string][]byte{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		if files[h.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPackages(t *testing.T) {
	t.Parallel()
	text, err := textPackage("text007", firstVersion, uploadSize*textFactor)
	if err != nil {
		t.Fatal(err)
	}
	bulk, err := bulkPackage("noise", smallSize)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		p         condaPackage
		low, high int
	}{{text, 90_000, 110_000}, {bulk, smallSize, smallSize + 4<<10}} {
		if n := len(c.p.body); n < c.low || n > c.high {
			t.Errorf("%s has %d bytes, want %d to %d", c.p.fileName(), n, c.low, c.high)
		}
		names, info := members(t, c.p)
		stem := c.p.name + "-1.0-0.tar.zst"
		if want := []string{"metadata.json", "pkg-" + stem, "info-" + stem}; !slices.Equal(names, want) {
			t.Errorf("%s holds %q, want %q", c.p.fileName(), names, want)
		}
		var index struct{ Name, Version, Build, Subdir string }
		if err := json.Unmarshal(info["info/index.json"], &index); err != nil {
			t.Fatal(err)
		}
		if index.Name != c.p.name || index.Version != c.p.version || index.Build != build || index.Subdir != "noarch" {
			t.Errorf("%s says it is %+v", c.p.fileName(), index)
		}
	}
}

func TestPackagesDiffer(t *testing.T) {
	t.Parallel()
	a, err := textPackage("text001", firstVersion, 50_000)
	if err != nil {
		t.Fatal(err)
	}
	b, err := textPackage("text002", firstVersion, 50_000)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(words("a", 1000), words("b", 1000)) || bytes.Equal(a.body, b.body) {
		t.Error("two packages hold the same text")
	}
}
