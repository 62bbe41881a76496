package condatest_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
)

func TestBzip2(t *testing.T) {
	t.Parallel()
	noise := make([]byte, 300_000)
	source := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(source.Uint32())
	}
	tests := map[string][]byte{
		"nothing":       nil,
		"one byte":      []byte("a"),
		"text":          []byte("a man, a plan, a canal"),
		"periodic":      bytes.Repeat([]byte("ab"), 70_000),
		"zeros":         make([]byte, 1_000_000),
		"runs at 4":     []byte("aaaabbbbbccccccaaaa"),
		"run of 256":    bytes.Repeat([]byte("x"), 256),
		"all bytes":     noise,
		"several turns": []byte(strings.Repeat("conda package ", 20_000)),
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := io.ReadAll(bzip2.NewReader(bytes.NewReader(condatest.Bzip2(want))))
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("got %d bytes and %v, want the %d that went in", len(got), err, len(want))
			}
		})
	}
}

func TestBuild(t *testing.T) {
	t.Parallel()
	spec := condatest.Spec{Name: "zoo", Version: "2.1", Build: "py_3", Depends: []string{"python"}, Files: map[string]string{"bin/zoo": "#!"}}
	name, data := condatest.Build(t, spec)
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || name != "zoo-2.1-py_3.conda" || len(archive.File) != 3 {
		t.Fatalf("got %q, %v", name, err)
	}
	spec.TarBz2 = true
	name, data = condatest.Build(t, spec)
	if name != "zoo-2.1-py_3.tar.bz2" {
		t.Errorf("got file name %q", name)
	}
	if got, want := tarNames(t, bzip2.NewReader(bytes.NewReader(data))), "info/about.json info/index.json info/paths.json bin/zoo"; got != want {
		t.Errorf("got members %q, want %q", got, want)
	}
	if _, again := condatest.Build(t, spec); !bytes.Equal(data, again) {
		t.Error("two builds of one spec differ")
	}
}

func tarNames(t *testing.T, r io.Reader) string {
	t.Helper()
	var names []string
	for members := tar.NewReader(r); ; {
		header, err := members.Next()
		if err == io.EOF {
			return strings.Join(names, " ")
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, header.Name)
	}
}
