package web

import (
	"reflect"
	"testing"

	"vivarium/app/model"
	"vivarium/views"
)

func TestPythonOf(t *testing.T) {
	t.Parallel()
	for build, want := range map[string]string{
		"py313h7b1_0": "Python 3.13", "cuda_py39_1": "Python 3.9", "py27_0": "Python 2.7", "py3_0": anyPython, "pyhd8ed1ab_0": anyPython,
		"0": anyPython, "h1234_py": anyPython, "": anyPython, "happy312_0": anyPython,
	} {
		if got := pythonOf(model.File{Build: build}); got != want {
			t.Errorf("%q: got %q, want %q", build, got, want)
		}
	}
}

func TestBuildMatrix(t *testing.T) {
	t.Parallel()
	file := func(subdir, build string) model.File {
		return model.File{Type: model.Conda, Subdir: subdir, Build: build}
	}
	tests := []struct {
		name  string
		files []model.File
		want  views.BuildMatrix
	}{
		{"no files", nil, views.BuildMatrix{}},
		{"builds for no Python", []model.File{file("win-64", "0"), file("linux-64", "h1_0"), file("noarch", "0")}, views.BuildMatrix{
			Columns: []string{"Available"},
			Rows:    []views.BuildRow{{Platform: "noarch", Built: []bool{true}, Type: model.Conda}, {Platform: "linux-64", Built: []bool{true}, Type: model.Conda}, {Platform: "win-64", Built: []bool{true}, Type: model.Conda}},
		}},
		{"Pythons in order", []model.File{file("osx-64", "py310_0"), file("osx-64", "py39_0"), file("linux-64", "py310_0"), file("linux-64", "0")}, views.BuildMatrix{
			Columns: []string{"Python 3.9", "Python 3.10", anyPython},
			Rows:    []views.BuildRow{{Platform: "linux-64", Built: []bool{false, true, true}, Type: model.Conda}, {Platform: "osx-64", Built: []bool{true, true, false}, Type: model.Conda}},
		}},
	}
	for _, test := range tests {
		if got := buildMatrix(test.files); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.want)
		}
	}
}
