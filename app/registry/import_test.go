package registry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// importFile is a file on disk to import.
func importFile(path string) registry.ImportFile {
	f := registry.ImportFile{Path: path, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
	if info, err := os.Stat(path); err == nil {
		f.Size = info.Size()
	}
	if above := filepath.Base(filepath.Dir(path)); model.WellFormedSubdir(above) {
		f.Subdir = above
	}
	return f
}

// folder is files to import that lie in memory.
type folder []registry.ImportFile

func (s *folder) add(path, subdir string, data []byte) {
	*s = append(*s, registry.ImportFile{
		Path: path, Subdir: subdir, Size: int64(len(data)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
	})
}

func (s *folder) conda(t testing.TB, in string, spec condatest.Spec) {
	t.Helper()
	name, data := condatest.Build(t, spec)
	s.add(in+"/"+name, in, data)
}

func (s *folder) wheel(t testing.TB, spec pypitest.Spec) {
	t.Helper()
	name, data := pypitest.Wheel(t, spec)
	s.add("wheels/"+name, "", data)
}

// into imports the files and says what became of each: made, there, or why not.
func (s folder) into(t testing.TB, site *registrytest.Site, channel string, labels ...string) map[string]string {
	t.Helper()
	fates := map[string]string{}
	err := site.Import(t.Context(), model.LocalOperator(), registry.ImportRequest{Channel: channel, Labels: labels, Files: slices.Values(s), Report: func(f registry.Imported) {
		switch {
		case f.Err != nil:
			fates[f.Path] = f.Err.Error()
		case f.Made:
			fates[f.Path] = "made"
		default:
			fates[f.Path] = "there"
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	return fates
}

// TestImport takes what is sound, whatever lies beside it.
func TestImport(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	mustPublishPython(t, s, "labs", pypitest.Spec{Name: "Old.Project", Version: "1.0"})
	taken := mustPublishPython(t, s, "labs", pypitest.Spec{Name: "taken"})
	var files folder
	files.conda(t, "noarch", condatest.Spec{Name: "tiny", Summary: "A tiny thing"})
	files.conda(t, "linux-64", condatest.Spec{Name: "tiny", Subdir: "linux-64"})
	files.conda(t, "elsewhere", condatest.Spec{Name: "old", TarBz2: true, Subdir: "win-64"})
	files.conda(t, "osx-64", condatest.Spec{Name: "lost", Subdir: "noarch"})
	files.wheel(t, pypitest.Spec{Name: "tiny", Version: "1.0.0"})
	files.wheel(t, pypitest.Spec{Name: "old-project", Version: "2.0"})
	files.wheel(t, pypitest.Spec{Name: "taken", Summary: "other bytes"})
	name, sdist := pypitest.Sdist(t, pypitest.Spec{Name: "source"})
	files.add("dist/"+name, "", sdist)
	files.add("noarch/broken-1.0-0.conda", "noarch", []byte("no archive"))
	files.add("noarch/renamed-1.0-0.conda", "noarch", must(io.ReadAll(must(files[0].Open()))))
	files.add("noarch/Bad Name.conda", "noarch", nil)
	files.add("noarch/empty-1.0-0.conda", "noarch", nil)
	files.add("wheels/empty-1.0-py3-none-any.whl", "", nil)
	files.add("readme.txt", "", []byte("hello"))
	files.conda(t, "again", condatest.Spec{Name: "tiny", Summary: "other bytes"})
	files.conda(t, "twice", condatest.Spec{Name: "tiny", Subdir: "linux-64"})
	files = append(files, registry.ImportFile{Path: "noarch/gone-1.0-0.conda", Subdir: "noarch", Open: func() (io.ReadCloser, error) { return nil, os.ErrNotExist }})

	fates := files.into(t, s, "labs")
	for path, want := range map[string]string{
		"noarch/tiny-1.0-0.conda": "made", "linux-64/tiny-1.0-0.conda": "made", "elsewhere/old-1.0-0.tar.bz2": "made", "osx-64/lost-1.0-0.conda": "made",
		"wheels/tiny-1.0.0-py3-none-any.whl": "made", "wheels/old_project-2.0-py3-none-any.whl": "made", "dist/" + name: "made",
		"wheels/taken-1.0-py3-none-any.whl": "other bytes (sha256 " + taken.SHA256 + "). Give it another version or build number, or remove the channel's file first.", "noarch/broken-1.0-0.conda": "", "noarch/renamed-1.0-0.conda": "", "noarch/Bad Name.conda": "",
		"noarch/empty-1.0-0.conda": "The file empty-1.0-0.conda is empty.", "wheels/empty-1.0-py3-none-any.whl": "The file empty-1.0-py3-none-any.whl is empty.",
		"readme.txt": "neither", "again/tiny-1.0-0.conda": "or remove the channel's file first.", "twice/tiny-1.0-0.conda": "there", "noarch/gone-1.0-0.conda": "not exist",
	} {
		got, ok := fates[path]
		if !ok || !strings.Contains(got, want) || want == "" && (got == "made" || got == "there") {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	d, err := s.Package(t.Context(), model.Actor{}, "labs", "tiny")
	if err != nil || d.Summary != "A tiny thing" || len(d.Releases) != 1 || len(d.Files()) != 3 || d.Files()[0].Uploader != "operator" {
		t.Errorf("tiny is %+v, %v", d, err)
	}
	if p, err := s.PythonProject(t.Context(), model.Actor{}, "labs", "main", "old_project"); err != nil || p.Package.Name != "Old.Project" || len(p.Files) != 2 || p.Files[1].MetadataSHA256 == "" {
		t.Errorf("the project is %+v, %v", p, err)
	}
	nothingLeftBut(t, s, 2+2+4+3+2) // two before, four conda packages, two wheels and an sdist with their metadata

	again := files.into(t, s, "labs")
	for path, before := range fates {
		if want := strings.Replace(before, "made", "there", 1); again[path] != want {
			t.Errorf("again, %s: %q, want %q", path, again[path], want)
		}
	}
	nothingLeftBut(t, s, 2+2+4+3+2)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestImportIsAnUpload: what an import makes is what an upload makes, row by row.
func TestImportIsAnUpload(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	specs := []condatest.Spec{
		{Name: "one", Version: "1.0", Summary: "first", License: "MIT"}, {Name: "one", Version: "0.9", Summary: "older"}, {Name: "one", Version: "1.1", Summary: "newest"},
		{Name: "two", Subdir: "linux-64", Depends: []string{"one >=1"}, RunExports: map[string]any{"weak": []string{"two"}}}, {Name: "two", TarBz2: true},
	}
	var files folder
	for _, spec := range specs {
		files.conda(t, "somewhere", spec)
		s.Publish(t, s.Actor(t, "brook"), "labs", spec, "dev", "main")
	}
	files.into(t, s, "brook", "dev", "main")
	for _, name := range []string{"one", "two"} {
		labs, brook := must(s.Package(t.Context(), model.Actor{}, "labs", name)), must(s.Package(t.Context(), model.Actor{}, "brook", name))
		if a, b := describePackage(labs), describePackage(brook); a != b {
			t.Errorf("uploaded:\n%s\nimported:\n%s", a, b)
		}
	}
}

// describePackage is all of a package that does not depend on when, who and where.
func describePackage(d registry.PackageDetail) string {
	var out strings.Builder
	fmt.Fprintln(&out, d.Name, d.Types, d.Access, d.Summary, d.License, d.LatestVersion, d.Platforms, d.Labels)
	for _, f := range d.Files() {
		record, _, _ := strings.Cut(string(f.Record), `"indexed_timestamp"`)
		var attrs map[string]any
		json.Unmarshal(f.Attrs, &attrs)
		fmt.Fprintln(&out, f.Basename, f.Subdir, f.Build, f.BuildNumber, f.Size, f.MD5, f.SHA256, f.Version, f.Labels, record, string(f.RunExports), attrs)
	}
	return out.String()
}

// TestImportInBatches imports more than goes into one batch, breaks off, and goes
// on.
func TestImportInBatches(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	var files folder
	for n := range 600 {
		files.conda(t, "noarch", condatest.Spec{Name: fmt.Sprintf("p%d", n/2), Version: fmt.Sprintf("1.%d", n%2), Files: map[string]string{}})
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	made := 0
	err := s.Import(ctx, model.LocalOperator(), registry.ImportRequest{Channel: "labs", Files: slices.Values(files), Report: func(f registry.Imported) {
		if f.Made {
			made++
		}
		stop()
	}})
	if err == nil || made == 0 || made == len(files) {
		t.Errorf("broken off: %d made, %v", made, err)
	}
	_, listed, err := s.LabelFiles(t.Context(), s.Actor(t, "brook"), "labs", "main")
	if err != nil || len(listed) != made {
		t.Errorf("%d are listed, %d were told, %v", len(listed), made, err)
	}
	there := 0
	for _, fate := range files.into(t, s, "labs") {
		if fate == "there" {
			there++
		} else if fate != "made" {
			t.Error(fate)
		}
	}
	if there != made {
		t.Errorf("%d were there, want %d", there, made)
	}
	nothingLeftBut(t, s, 600)
}

func TestImportIsForOperators(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	in := registry.ImportRequest{Channel: "labs", Files: slices.Values(folder{}), Report: func(registry.Imported) {}}
	check(t, "a user", s.Import(t.Context(), s.Actor(t, "brook"), in), model.Forbidden)
	check(t, "an administrator's token", s.Import(t.Context(), s.TokenActor(t, s.Token(t, "ada")), in), model.Forbidden)
	in.Labels = []string{"nolabel"}
	check(t, "a label that none may have", s.Import(t.Context(), model.LocalOperator(), in), model.Invalid)
	in.Channel = "nobody"
	check(t, "no channel", s.Import(t.Context(), model.LocalOperator(), in), model.NotFound)
}
