package pypi_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"vivarium/app/format/pypi"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func read(data []byte, fileName string) (*pypi.Info, error) {
	return pypi.ReadInfo(bytes.NewReader(data), int64(len(data)), fileName)
}

// checkSentence checks that an error's sentence fits a reason phrase.
func checkSentence(t testing.TB, err error) {
	t.Helper()
	text := model.MessageOf(err)
	odd := strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r > 0xff })
	if odd >= 0 || utf8.RuneCountInString(text) > 200 || !utf8.ValidString(text) {
		t.Errorf("%q is no reason phrase", text)
	}
}

// fixtures are real packages, made by the tools that people use.
func fixtures(t testing.TB) []string {
	t.Helper()
	wheels, err := filepath.Glob("testdata/*.whl")
	if err != nil {
		t.Fatal(err)
	}
	sdists, err := filepath.Glob("testdata/*.tar.gz")
	if err != nil || len(wheels) < 5 || len(sdists) < 5 {
		t.Fatalf("got %d and %d fixtures in testdata, %v", len(wheels), len(sdists), err)
	}
	return append(wheels, sdists...)
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
			if first, _, _ := bytes.Cut(info.RawMetadata, []byte("\n")); string(first) != "Metadata-Version: "+info.Metadata.MetadataVersion {
				t.Errorf("got metadata that begin with %q", first)
			}
			info.RawMetadata = nil
			got, err := json.MarshalIndent(info, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, file+".golden.json", append(got, '\n'))
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
	spec := pypitest.Spec{
		Name: "Zoo.Keeper", Version: "1!2.0rc1", Build: "3x", Tags: "cp311.cp312-abi3-linux_x86_64", MetadataVersion: "2.4", Summary: "Animals",
		Requires: []string{"hay>=1"}, RequiresPython: ">=3.9", Extras: []string{"big"}, Headers: []string{"License-Expression: mit"}, Description: "Zoo\n",
	}
	for _, build := range []func(testing.TB, pypitest.Spec) (string, []byte){pypitest.Wheel, pypitest.Sdist} {
		name, data := build(t, spec)
		info, err := read(data, name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		m := info.Metadata
		got := []string{info.Name, info.Version, m.Name, m.Version, m.Summary, m.RequiresDist[0], m.RequiresPython, m.ProvidesExtra[0], m.LicenseExpression, m.Description, string(info.RawMetadata)}
		want := []string{"Zoo.Keeper", "1!2.0rc1", "Zoo.Keeper", "1!2.0rc1", "Animals", "hay>=1", ">=3.9", "big", "MIT", "Zoo\n", spec.Metadata()}
		if !slices.Equal(got, want) || !info.MetadataServable {
			t.Errorf("%s: got %q, %v, want %q", name, got, info.MetadataServable, want)
		}
	}
}

func TestReadInfoAcceptsEqualNames(t *testing.T) {
	t.Parallel()
	_, wheel := pypitest.Wheel(t, pypitest.Spec{Name: "Foo.Bar", Version: "1.0"})
	_, sdist := pypitest.Sdist(t, pypitest.Spec{Name: "Foo.Bar", Version: "1.0"})
	for fileName, data := range map[string][]byte{
		"foo_bar-1-py3-none-any.whl": wheel, "FOO_BAR-v1.0.0-py3-none-any.whl": wheel, "foo_bar-1.tar.gz": sdist, "foo-bar-1.0.0.tar.gz": sdist,
	} {
		if _, err := read(data, fileName); err != nil {
			t.Errorf("%s: %v", fileName, err)
		}
	}
}

func TestMetadataServable(t *testing.T) {
	t.Parallel()
	dynamic := func(fields ...string) []string {
		for i := range fields {
			fields[i] = "Dynamic: " + fields[i]
		}
		return fields
	}
	for _, test := range []struct {
		version string
		headers []string
		sdist   bool
	}{
		{"2.1", nil, false},
		{"2.2", nil, true},
		{"2.6", nil, true},
		{"2.4", dynamic("License-File", "Description"), true},
		{"2.4", dynamic("Requires-Dist"), false},
		{"2.4", dynamic("License-File", "requires-python"), false},
		{"2.2", dynamic("Provides-Extra"), false},
	} {
		spec := pypitest.Spec{MetadataVersion: test.version, Headers: test.headers}
		name, data := pypitest.Sdist(t, spec)
		if info, err := read(data, name); err != nil || info.MetadataServable != test.sdist {
			t.Errorf("sdist %v: got %+v, %v", test, info, err)
		}
		name, data = pypitest.Wheel(t, spec)
		if info, err := read(data, name); err != nil || !info.MetadataServable {
			t.Errorf("wheel %v: got %+v, %v", test, info, err)
		}
	}
}

func TestReadInfoAcceptsForms(t *testing.T) {
	t.Parallel()
	entries := pypitest.WithRecord(pypitest.WheelEntries(pypitest.Spec{}))
	change := func(change func(*pypitest.Entry)) []byte {
		entries := slices.Clone(entries)
		for i := range entries {
			change(&entries[i])
		}
		return pypitest.Zip(t, entries...)
	}
	reversed := slices.Clone(entries)
	slices.Reverse(reversed)
	folders := append([]pypitest.Entry{{Name: "demo/"}, {Name: "demo-1.0.dist-info/"}}, entries...)
	signed := append(slices.Clone(entries), pypitest.Entry{Name: "demo-1.0.dist-info/RECORD.jws", Body: []byte("{}")}, pypitest.Entry{Name: "demo-1.0.dist-info/RECORD.p7s"})
	for form, data := range map[string][]byte{
		"stored":      change(func(e *pypitest.Entry) { e.Stored = true }),
		"descriptors": change(func(e *pypitest.Entry) { e.Descriptor = true }),
		"reversed":    pypitest.Zip(t, reversed...),
		"folders":     pypitest.Zip(t, folders...),
		"signatures":  pypitest.Zip(t, signed...),
		"umlaut":      wheelOf(t, pypitest.Spec{Files: map[string]string{"demo/grüße.txt": "x", `demo/a,"b".txt`: "y"}}),
		"quoted": recordWith(t, func(record string) string {
			return strings.Replace(record, "demo/__init__.py", `"demo/__init__.py"`, 1)
		}),
		"crlf":       recordWith(t, func(record string) string { return strings.ReplaceAll(record, "\n", "\r\n") }),
		"no sizes":   recordWith(t, func(record string) string { return sizes.ReplaceAllString(record, ",\n") }),
		"not itself": recordWith(t, func(record string) string { return strings.Replace(record, "demo-1.0.dist-info/RECORD,,\n", "", 1) }),
		"scripts":    wheelOf(t, pypitest.Spec{Meta: map[string]string{"entry_points.txt": "[console_scripts]\ndemo = demo:main\n[other]\na/b = demo:main\n"}}),
	} {
		if _, err := read(data, "demo-1.0-py3-none-any.whl"); err != nil {
			t.Errorf("%s: %v", form, err)
		}
	}
}

func TestReadInfoOfZipSdist(t *testing.T) {
	t.Parallel()
	spec := pypitest.Spec{Version: "0.9"}
	data := pypitest.Zip(t, zipSdist(spec)...)
	if info, err := read(data, "demo-0.9.zip"); err != nil || info.Type != pypi.Sdist || string(info.RawMetadata) != spec.Metadata() {
		t.Errorf("got %+v, %v", info, err)
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
			_, err := pypi.ReadInfo(faulty{bytes.NewReader(data), from}, int64(len(data)), filepath.Base(file))
			if !errors.Is(err, errDisk) || model.CodeOf(err) != model.Internal {
				t.Fatalf("%s failing at byte %d: got %v, want the disk's error", file, from, err)
			}
		}
	}
}

func BenchmarkReadInfo(b *testing.B) {
	for _, build := range []func(testing.TB, pypitest.Spec) (string, []byte){pypitest.Wheel, pypitest.Sdist} {
		files := map[string]string{}
		for i := range 20 {
			files["demo/module_"+strings.Repeat("x", i)+".py"] = string(noise(20_000, "def return import self. \n"))
		}
		name, data := build(b, pypitest.Spec{Files: files})
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := read(data, name); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
