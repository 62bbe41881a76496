// Package crantest builds R packages for tests, in memory and with the same bytes
// each time.
package crantest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

// Spec says what to build.
type Spec struct {
	Name, Version string // empty: tinyr, 0.1.2
	// Built is the field of that name; empty for a source package.
	Built string
	// Fields are more lines of DESCRIPTION.
	Fields []string
	// Description is the whole of DESCRIPTION instead, and Folder the folder that
	// it lies in, other than the package's name.
	Description, Folder string
}

// Text returns the DESCRIPTION of the package.
func (s Spec) Text() string {
	s = s.filled()
	if s.Description != "" {
		return s.Description
	}
	lines := append([]string{"Package: " + s.Name, "Version: " + s.Version, "Title: A tiny package", "License: MIT", "NeedsCompilation: no"}, s.Fields...)
	if s.Built != "" {
		lines = append(lines, "Built: "+s.Built)
	}
	return strings.Join(lines, "\n") + "\n"
}

func (s Spec) filled() Spec {
	if s.Name == "" {
		s.Name = "tinyr"
	}
	if s.Version == "" {
		s.Version = "0.1.2"
	}
	if s.Folder == "" {
		s.Folder = s.Name
	}
	return s
}

// Build returns a package and the name of its file: a source package, or one built
// for Windows or macOS as Spec.Built says.
func Build(t testing.TB, s Spec) (fileName string, data []byte) {
	t.Helper()
	s = s.filled()
	members := [][2]string{{s.Folder + "/DESCRIPTION", s.Text()}, {s.Folder + "/NAMESPACE", "export(hello)\n"}, {s.Folder + "/R/hello.R", "hello <- function() 1\n"}}
	stem := s.Name + "_" + s.Version
	switch {
	case strings.HasSuffix(s.Built, "windows"):
		return stem + ".zip", Zip(t, members...)
	case s.Built != "":
		return stem + ".tgz", Tar(t, members...)
	}
	return stem + ".tar.gz", Tar(t, members...)
}

// Tar returns a gzipped tar archive of members, each a name and a content.
func Tar(t testing.TB, members ...[2]string) []byte {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	w := tar.NewWriter(zipped)
	for _, m := range members {
		check(t, w.WriteHeader(&tar.Header{Name: m[0], Mode: 0o644, Size: int64(len(m[1]))}))
		_, err := w.Write([]byte(m[1]))
		check(t, err)
	}
	check(t, w.Close())
	check(t, zipped.Close())
	return out.Bytes()
}

// Zip returns a zip archive of members, each a name and a content.
func Zip(t testing.TB, members ...[2]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, m := range members {
		f, err := w.Create(m[0])
		check(t, err)
		_, err = f.Write([]byte(m[1]))
		check(t, err)
	}
	check(t, w.Close())
	return out.Bytes()
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
