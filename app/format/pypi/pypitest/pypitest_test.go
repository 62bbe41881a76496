package pypitest_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"

	"vivarium/app/format/pypi/pypitest"
)

var spec = pypitest.Spec{
	Name: "zoo-keeper", Version: "2.1", Build: "3", Tags: "cp311-abi3-linux_x86_64", MetadataVersion: "2.4", Summary: "Animals",
	Requires: []string{"hay>=1"}, RequiresPython: ">=3.9", Extras: []string{"big"}, Headers: []string{"License-Expression: MIT"},
	Description: "# Zoo\n", Files: map[string]string{"zoo.py": "x", "bear/a.py": "y"}, Meta: map[string]string{"top_level.txt": "zoo\n"},
}

func TestWheel(t *testing.T) {
	t.Parallel()
	name, data := pypitest.Wheel(t, spec)
	if want := "zoo_keeper-2.1-3-cp311-abi3-linux_x86_64.whl"; name != want {
		t.Errorf("got name %q, want %q", name, want)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	bodies := map[string]string{}
	for _, f := range r.File {
		body, err := r.Open(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		bodies[f.Name] = string(raw)
		names = append(names, strings.TrimPrefix(f.Name, "zoo_keeper-2.1.dist-info/"))
	}
	if got, want := strings.Join(names, " "), "bear/a.py zoo.py METADATA WHEEL top_level.txt RECORD"; got != want {
		t.Errorf("got members %q, want %q", got, want)
	}
	if got, want := bodies["zoo_keeper-2.1.dist-info/METADATA"], "Metadata-Version: 2.4\nName: zoo-keeper\nVersion: 2.1\nSummary: Animals\n"+
		"Requires-Python: >=3.9\nRequires-Dist: hay>=1\nProvides-Extra: big\nLicense-Expression: MIT\n\n# Zoo\n"; got != want {
		t.Errorf("got METADATA %q, want %q", got, want)
	}
	if got, want := bodies["zoo_keeper-2.1.dist-info/RECORD"], "zoo.py,sha256=LXEWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE,1\n"; !strings.Contains(got, want) {
		t.Errorf("got RECORD %q, want a line %q", got, want)
	}
	if _, again := pypitest.Wheel(t, spec); !bytes.Equal(data, again) {
		t.Error("two builds of one spec differ")
	}
}

func TestSdist(t *testing.T) {
	t.Parallel()
	name, data := pypitest.Sdist(t, pypitest.Spec{})
	if want := "demo-1.0.tar.gz"; name != want {
		t.Errorf("got name %q, want %q", name, want)
	}
	plain, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for members := tar.NewReader(plain); ; {
		header, err := members.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, header.Name)
	}
	if got, want := strings.Join(names, " "), "demo-1.0/ demo-1.0/PKG-INFO demo-1.0/demo/__init__.py"; got != want {
		t.Errorf("got members %q, want %q", got, want)
	}
	if _, again := pypitest.Sdist(t, pypitest.Spec{}); !bytes.Equal(data, again) {
		t.Error("two builds of one spec differ")
	}
}
