package environment_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"vivarium/app/format/environment"
	"vivarium/app/model"
)

const kit = `# what we use in the field
name: kit
channels:
  - https://conda.example/reef
  - conda-forge
dependencies:
  - python 3.14.*
  - 7zip
  - pip
  - pip:
    - benthos-db==5.0.0
    - -e .
variables: {A: b}
prefix: /home/somebody/kit
`

func TestRead(t *testing.T) {
	t.Parallel()
	got, err := environment.Read(strings.NewReader(kit))
	want := &environment.Environment{
		Name:         "kit",
		Channels:     []environment.Item{{Text: "https://conda.example/reef", Line: 4}, {Text: "conda-forge", Line: 5}},
		Dependencies: []environment.Item{{Text: "python 3.14.*", Line: 7}, {Text: "7zip", Line: 8}, {Text: "pip", Line: 9}},
		Pip:          []environment.Item{{Text: "benthos-db==5.0.0", Line: 11}, {Text: "-e .", Line: 12}},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for _, text := range []string{"dependencies: []", "name: null\ndependencies:\nplatforms: [linux-64]", "{name: 1.5, dependencies: [a]}"} {
		if _, err := environment.Read(strings.NewReader(text)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"":                            "not valid YAML",
		"\t: [":                       "not valid YAML",
		"- a":                         "must hold keys",
		"just a text":                 "must hold keys",
		"name: x":                     "no dependencies",
		"name: [x]\ndependencies: []": "name must be a text",
		"dependencies: python":        "must be a list",
		"dependencies:\n- a\n- [b]":   "Line 3",
		"dependencies:\n- {pip: [a], conda: [b]}":                            "must be a text, or a list",
		"dependencies:\n- null":                                              "must be a text, or a list",
		"dependencies:\n- pip: a":                                            "pip must be a list",
		"dependencies: []\nchannels:\n- {a: b}":                              "an entry of channels",
		"a: &x [b]\ndependencies: *x":                                        "alias",
		"dependencies: " + strings.Repeat("[", 30) + strings.Repeat("]", 30): "too deeply",
		"dependencies: []\n---\ndependencies: []":                            "more than one document",
		"# " + strings.Repeat("x", environment.MaxSize):                      "larger than",
	}
	for text, says := range tests {
		e, err := environment.Read(strings.NewReader(text))
		if model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), says) {
			t.Errorf("%.60q: got %+v, %v, want Invalid that says %q", text, e, err, says)
		}
	}
	if _, err := environment.Read(iotest.ErrReader(io.ErrClosedPipe)); !errors.Is(err, io.ErrClosedPipe) || model.CodeOf(err) != model.Internal {
		t.Errorf("a disk that fails: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(kit))
	f.Add([]byte("{dependencies: [a, {pip: [b]}], platforms: [x], name: ~}"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, err := environment.Parse(raw)
		if err != nil {
			if model.CodeOf(err) != model.Invalid {
				t.Fatalf("got %v, want Invalid", err)
			}
			return
		}
		lines := strings.Count(string(raw), "\n") + strings.Count(string(raw), "\r") + strings.Count(string(raw), "\u2028") + strings.Count(string(raw), "\u2029") + strings.Count(string(raw), "\u0085") + 1
		for _, list := range [][]environment.Item{e.Channels, e.Dependencies, e.Pip, e.Platforms} {
			for _, item := range list {
				if item.Line < 1 || item.Line > lines {
					t.Errorf("%q stands on line %d of %d", item.Text, item.Line, lines)
				}
			}
		}
	})
}
