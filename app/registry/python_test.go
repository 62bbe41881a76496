package registry_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// publishPython uploads a distribution in one request.
func publishPython(t testing.TB, s *registrytest.Site, actor model.Actor, channel, fileName string, data []byte, labels ...string) (model.File, bool, error) {
	t.Helper()
	in, err := s.Receive(t.Context(), actor, channel)
	if err != nil {
		return model.File{}, false, err
	}
	defer in.Close()
	if _, err := in.ReadFrom(bytes.NewReader(data)); err != nil {
		return model.File{}, false, err
	}
	return s.PublishPython(t.Context(), actor, channel, in, registry.Upload{FileName: fileName, Labels: labels})
}

func mustPublishPython(t testing.TB, s *registrytest.Site, channel string, spec pypitest.Spec, labels ...string) model.File {
	t.Helper()
	name, data := pypitest.Wheel(t, spec)
	f, made, err := publishPython(t, s, s.Actor(t, "brook"), channel, name, data, labels...)
	if err != nil || !made {
		t.Fatalf("publish %s: made %v, %v", name, made, err)
	}
	return f
}

// stagePython uploads a distribution in the three steps of the API.
func stagePython(t testing.TB, s *registrytest.Site, pkg, version, fileName string, data []byte) (model.File, error) {
	t.Helper()
	return s.Upload(t, s.Actor(t, "brook"), registry.StageRequest{Owner: "brook", Package: pkg, Version: version, Basename: fileName, Type: model.PyPI}, data)
}

// TestPythonPackage: what the file says becomes the package's, until a newer one
// says otherwise.
func TestPythonPackage(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	spec := pypitest.Spec{
		Name: "Tiny-Wheel", Version: "0.3", MetadataVersion: "2.4", Summary: "A tiny thing", Description: "# Tiny\n", RequiresPython: ">=3.9",
		Headers: []string{"License-Expression: mit", "Home-page: https://old.example", "Project-URL: Home Page, https://tiny.example", "Project-URL: Bug-Tracker, https://bugs.example", "Project-URL: Source Code,https://git.example", "Project-URL: nothing"},
	}
	f := mustPublishPython(t, s, "brook", spec)
	if f.FullName() != "brook/Tiny-Wheel/0.3/Tiny_Wheel-0.3-py3-none-any.whl" || f.RequiresPython != ">=3.9" || f.MetadataSHA256 == "" || f.Uploader != "brook" {
		t.Errorf("published %s: %+v", f.FullName(), f)
	}
	spec.Version, spec.Summary = "0.4", "Something else"
	mustPublishPython(t, s, "brook", spec)
	d, err := s.Package(t.Context(), model.Actor{}, "brook", "tiny-wheel")
	if err != nil {
		t.Fatal(err)
	}
	got := []string{d.Name, d.Summary, d.Description, d.License, d.Home, d.DevURL, d.SourceURL, d.LatestVersion}
	if want := []string{"Tiny-Wheel", "Something else", "# Tiny\n", "MIT", "https://tiny.example", "https://bugs.example", "https://git.example", "0.4"}; strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("the package is %q, want %q", got, want)
	}
}

// TestOneProject: conda and Python files of one name share a page, by whichever
// way they come, and versions that PEP 440 calls equal are one release.
func TestOneProject(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	s.Publish(t, brook, "brook", condatest.Spec{Name: "tiny_wheel"})
	f := mustPublishPython(t, s, "brook", pypitest.Spec{Name: "Tiny.Wheel", Version: "1.0.0"})
	if f.Package != "tiny_wheel" || f.Version != "1.0" {
		t.Errorf("the wheel went to %s", f.FullName())
	}
	name, data := pypitest.Sdist(t, pypitest.Spec{Name: "tiny-wheel", Version: "1.0"})
	if f, err := stagePython(t, s, "tiny_wheel", "v1.0.0", name, data); err != nil || f.Version != "1.0" {
		t.Errorf("the sdist: %s %v", f.FullName(), err)
	}
	d, err := s.Package(t.Context(), brook, "brook", "tiny_wheel")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Releases) != 1 || len(d.Files()) != 3 || !d.HasType(model.Conda) || !d.HasType(model.PyPI) {
		t.Errorf("the package has %d releases with %d files of types %v", len(d.Releases), len(d.Files()), d.Types)
	}
	p, err := s.PythonProject(t.Context(), model.Actor{}, "brook", "main", "TINY.wheel")
	if err != nil || p.Name != "tiny-wheel" || len(p.Files) != 2 || len(p.Versions) != 1 {
		t.Errorf("the project is %+v, %v", p, err)
	}
	name, data = pypitest.Sdist(t, pypitest.Spec{Name: "tiny-wheel", Version: "1.1"})
	if f, err := stagePython(t, s, "Tiny.Wheel", "1.1", name, data); err != nil || f.Package != "tiny_wheel" {
		t.Errorf("another spelling of the project's name: %s %v", f.FullName(), err)
	}
}

// TestHiddenProjectIsNotNamed to who may upload to a package of its name.
func TestHiddenProjectIsNotNamed(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook, hidden := s.Actor(t, "brook"), model.Private
	mustPublishPython(t, s, "brook", pypitest.Spec{Name: "tiny.wheel"})
	if _, err := s.UpdatePackage(t.Context(), brook, "brook", "tiny-wheel", registry.PackageChange{Access: &hidden}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.CreatePackage(t.Context(), brook, "brook", "tiny_wheel", registry.PackageChange{Types: []model.PackageType{model.Conda}}); err != nil {
		t.Fatal(err)
	}
	if err := s.SetCollaborator(t.Context(), brook, "brook", "tiny_wheel", "casey", model.Write); err != nil {
		t.Fatal(err)
	}
	for login, names := range map[string]bool{"brook": true, "casey": false} {
		_, err := s.StageFile(t.Context(), s.Actor(t, login), registry.StageRequest{
			Owner: "brook", Package: "tiny_wheel", Version: "1.0", Basename: "tiny_wheel-1.0-py3-none-any.whl", Type: model.PyPI,
		})
		if model.CodeOf(err) != model.Conflict || strings.Contains(model.MessageOf(err), "brook/tiny.wheel") != names {
			t.Errorf("%s: %v", login, err)
		}
	}
}

// TestPythonNames: a deleted name is free at the API, and taken for ever on PyPI.
func TestPythonNames(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	f := mustPublishPython(t, s, "brook", pypitest.Spec{})
	_, other := pypitest.Wheel(t, pypitest.Spec{Summary: "other bytes"})
	if _, _, err := publishPython(t, s, brook, "brook", f.Basename, other); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), "File already exists") {
		t.Errorf("other bytes: %v", err)
	}
	if _, err := stagePython(t, s, "demo", "1.0", f.Basename, other); model.CodeOf(err) != model.Conflict {
		t.Errorf("at the API: %v", err)
	}
	if err := s.DeletePackage(t.Context(), brook, "brook", "demo"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := publishPython(t, s, brook, "brook", f.Basename, other); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), "was deleted") {
		t.Errorf("after the deletion: %v", err)
	}
	again, err := stagePython(t, s, "demo", "1.0", f.Basename, other)
	if err != nil {
		t.Fatalf("at the API after the deletion: %v", err)
	}
	if same, made, err := publishPython(t, s, brook, "brook", f.Basename, other); err != nil || made || same.ID != again.ID {
		t.Errorf("the new bytes again: %v, made %v, %v", same.ID, made, err)
	}
}

// TestPythonRace: of many uploads of one name at once one is made. Those with the
// same bytes all succeed, those with others are refused, and the index shows what
// was made.
func TestPythonRace(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	for _, same := range []bool{true, false} {
		var wg sync.WaitGroup
		var mu sync.Mutex
		made, taken, refused := 0, 0, 0
		spec := pypitest.Spec{Name: fmt.Sprintf("race-%v", same)}
		for i := range 16 {
			if !same {
				spec.Summary = fmt.Sprint(i)
			}
			name, data := pypitest.Wheel(t, spec)
			wg.Go(func() {
				_, fresh, err := publishPython(t, s, brook, "brook", name, data)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil && fresh:
					made++
				case err == nil:
					taken++
				case model.CodeOf(err) == model.Invalid && strings.Contains(err.Error(), "File already exists"):
					refused++
				default:
					t.Errorf("refused with %v", err)
				}
			})
		}
		wg.Wait()
		if made != 1 || same && taken != 15 || !same && refused != 15 {
			t.Errorf("same bytes %v: %d made, %d there already, %d refused", same, made, taken, refused)
		}
		p, err := s.PythonProject(t.Context(), brook, "brook", "main", spec.Name)
		if err != nil || len(p.Files) != 1 {
			t.Fatalf("the index: %+v %v", p, err)
		}
		opened, err := s.OpenPythonFile(t.Context(), brook, "brook", "", p.Files[0].SHA256, p.Files[0].Basename)
		if err != nil {
			t.Fatal(err)
		}
		opened.Bytes.Close()
	}
}

// TestPythonMany: different files at once are all there.
func TestPythonMany(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	var wg sync.WaitGroup
	for i := range 32 {
		name, data := pypitest.Wheel(t, pypitest.Spec{Name: "many", Version: fmt.Sprintf("1.%d", i)})
		wg.Go(func() {
			if _, made, err := publishPython(t, s, brook, "labs", name, data); err != nil || !made {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	wg.Wait()
	p, err := s.PythonProject(t.Context(), brook, "labs", "main", "many")
	if err != nil || len(p.Files) != 32 || p.Versions[9] != "1.9" || p.Versions[10] != "1.10" {
		t.Errorf("%d files, versions %v, %v", len(p.Files), p.Versions, err)
	}
}

// TestPythonLabels: a file is in the index of each label that it carries.
func TestPythonLabels(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	f := mustPublishPython(t, s, "brook", pypitest.Spec{}, "dev", "Test")
	for label, code := range map[string]model.Code{"dev": model.Internal, "test": model.Internal, "main": model.NotFound, "other": model.NotFound} { // Internal is the code of no error
		_, err := s.PythonProject(t.Context(), model.Actor{}, "brook", label, "demo")
		opened, openErr := s.OpenPythonFile(t.Context(), model.Actor{}, "brook", label, f.SHA256, f.Basename)
		if model.CodeOf(err) != code || model.CodeOf(openErr) != code {
			t.Errorf("label %s: %v, %v", label, err, openErr)
		}
		if openErr == nil {
			opened.Bytes.Close()
		}
	}
	name, data := pypitest.Wheel(t, pypitest.Spec{Version: "2.0"})
	if _, _, err := publishPython(t, s, s.Actor(t, "brook"), "brook", name, data, "nolabel"); model.CodeOf(err) != model.Invalid {
		t.Errorf("a label that is none: %v", err)
	}
}
