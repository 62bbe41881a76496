package conda_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vivarium/app/format/conda"
	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func read(data []byte, fileName string) (*conda.Info, error) {
	return conda.ReadInfo(bytes.NewReader(data), int64(len(data)), fileName)
}

// fixtures are real packages, made by the tools that people use.
func fixtures(t testing.TB) []string {
	t.Helper()
	var files []string
	for _, pattern := range []string{"testdata/*.conda", "testdata/*.tar.bz2"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) < 5 {
		t.Fatalf("got %d fixtures in testdata", len(files))
	}
	return files
}

func TestReadInfo(t *testing.T) {
	t.Parallel()
	for _, file := range fixtures(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			info, err := read(data, filepath.Base(file))
			if err != nil {
				t.Fatal(err)
			}
			record, err := info.Record(strings.Repeat("5", 32), strings.Repeat("2", 64), 1234)
			if err != nil {
				t.Fatal(err)
			}
			shown := struct {
				*conda.Info
				Record json.RawMessage
			}{info, record}
			var got bytes.Buffer
			encoder := json.NewEncoder(&got)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			if err := encoder.Encode(shown); err != nil {
				t.Fatal(err)
			}
			golden(t, file+".golden.json", got.Bytes())
		})
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
	}
}

func TestReadInfoOfBuilt(t *testing.T) {
	t.Parallel()
	spec := condatest.Spec{
		Name: "zoo", Version: "1!2.0_a", Build: "py_1", BuildNumber: 1, Subdir: "linux-64", Depends: []string{"python >=3.9"},
		License: "MIT", Summary: "Animals", Timestamp: 1700000000123, RunExports: map[string]any{"strong": []string{"zoo"}},
	}
	for _, spec.TarBz2 = range []bool{false, true} {
		name, data := condatest.Build(t, spec)
		info, err := read(data, name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := info.FileName(); got != name {
			t.Errorf("got file name %q, want %q", got, name)
		}
		got := []any{info.Name, info.Version, info.Build, info.BuildNumber, info.Subdir, info.Depends[0], info.License, info.About.Summary, info.Timestamp, string(info.RunExports)}
		want := []any{"zoo", "1!2.0_a", "py_1", int64(1), "linux-64", "python >=3.9", "MIT", "Animals", int64(1700000000123), `{"strong":["zoo"]}`}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: got %v, want %v", name, got[i], want[i])
			}
		}
	}
}

func TestReadInfoAcceptsZipForms(t *testing.T) {
	t.Parallel()
	spec := condatest.Spec{}
	entries := condatest.CondaEntries(t, spec)
	for i := range entries {
		entries[i].Descriptor = true
	}
	if _, err := read(condatest.Zip(t, entries...), "demo-1.0-0.conda"); err != nil {
		t.Errorf("with data descriptors: %v", err)
	}
	entries[0], entries[2] = entries[2], entries[0]
	if _, err := read(condatest.Zip(t, entries...), "demo-1.0-0.conda"); err != nil {
		t.Errorf("in another order: %v", err)
	}
}

// faulty fails all reads from an offset on, as a broken disk does.
type faulty struct {
	io.ReaderAt
	from int64
}

var errDisk = errors.New("input/output error")

func (f faulty) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > f.from {
		return 0, errDisk
	}
	return f.ReaderAt.ReadAt(p, off)
}

func TestReadInfoPassesReadErrorsOn(t *testing.T) {
	t.Parallel()
	for _, file := range fixtures(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for from := range int64(len(data)) {
			_, err := conda.ReadInfo(faulty{bytes.NewReader(data), from}, int64(len(data)), filepath.Base(file))
			if !errors.Is(err, errDisk) || model.CodeOf(err) != model.Internal {
				t.Fatalf("%s failing at byte %d: got %v, want the disk's error", file, from, err)
			}
		}
	}
}
