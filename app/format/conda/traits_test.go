package conda_test

import (
	"encoding/json"
	"slices"
	"testing"

	"vivarium/app/format/conda/condatest"
)

// placed is an entry of paths.json; mode is how its prefix is replaced, if at all.
type placed struct {
	Path string `json:"_path"`
	Mode string `json:"file_mode,omitempty"`
}

func TestTraits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		files []placed
		want  []string
	}{
		{"nothing", nil, nil},
		{"plain files", []placed{{Path: "bin/x"}, {Path: "etc/conda/activate"}, {Path: "share/etc/conda/activate.d/x.sh"}, {Path: "bin/post-link.sh"}}, nil},
		{"activation", []placed{{Path: "etc/conda/activate.d/x.sh"}, {Path: "etc/conda/activate.d/x.fish"}}, []string{"activate.d"}},
		{"deactivation", []placed{{Path: "etc/conda/deactivate.d/x.bat"}}, []string{"deactivate.d"}},
		{"link scripts", []placed{{Path: "bin/.x-post-link.sh"}, {Path: "bin/.x-pre-link.sh"}, {Path: "Scripts/.x-pre-unlink.bat"}}, []string{"post_link", "pre_link", "pre_unlink"}},
		{"prefixes", []placed{{"lib/x.so", "binary"}, {"lib/y.so", "binary"}, {"bin/x", "text"}}, []string{"binary_prefix", "text_prefix"}},
		{"another mode", []placed{{"lib/x.so", "lines"}}, nil},
	} {
		paths, err := json.Marshal(map[string]any{"paths": append([]placed{}, tt.files...), "paths_version": 1})
		if err != nil {
			t.Fatal(err)
		}
		fileName, data := condatest.Build(t, condatest.Spec{Info: map[string]string{"paths.json": string(paths)}})
		info, err := read(data, fileName)
		if err != nil || !slices.Equal(info.Traits, tt.want) {
			t.Errorf("%s: got %q, %v, want %q", tt.name, info.Traits, err, tt.want)
		}
	}
}
