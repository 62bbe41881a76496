package registry_test

import (
	"encoding/json"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// TestPatchIsServedAndKeptApart patches a record: every index serves it, what the
// archive says comes back when the patch goes.
func TestPatchIsServedAndKeptApart(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx := t.Context()
	f := s.Publish(t, s.brook, "labs", condatest.Spec{Name: "c", Depends: []string{"python", "zlib"}, Index: map[string]any{"strange": "kept", "constrains": []string{"x <2"}}})
	name := registry.FileName{Package: "c", Version: "1.0", Basename: f.Basename}
	record := func() string { return string(s.repodata("main", "noarch").Conda[f.FileName()]) }
	original := record()

	patched, err := s.PatchFile(ctx, s.brook, "labs", name, []byte(` {"license": "MIT", "depends": ["python >=3.9"], "constrains": null} `), "Too old a Python.")
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Depends []string
		License string
		Strange string
		SHA256  string
	}
	if err := json.Unmarshal([]byte(record()), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Depends) != 1 || got.Depends[0] != "python >=3.9" || got.License != "MIT" || got.Strange != "kept" || got.SHA256 != f.SHA256 {
		t.Errorf("got %s", record())
	}
	if patched.PatchAuthor != "brook" || patched.PatchReason != "Too old a Python." || patched.PatchedAt.IsZero() ||
		string(patched.Patch) != `{"constrains":null,"depends":["python >=3.9"],"license":"MIT"}` || string(patched.OriginalRecord) != original {
		t.Errorf("kept %+v", patched)
	}

	// The next patch takes the place of the first.
	if _, err := s.PatchFile(ctx, s.brook, "labs", name, []byte(`{"license":"BSD-3-Clause"}`), ""); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(record()), &got); err != nil || len(got.Depends) != 2 || got.License != "BSD-3-Clause" {
		t.Errorf("second patch: %s, %v", record(), err)
	}
	back, err := s.UnpatchFile(ctx, s.brook, "labs", name)
	if err != nil || record() != original || back.Patch != nil || back.OriginalRecord != nil || !back.PatchedAt.IsZero() {
		t.Errorf("cleared: %s, %+v, %v", record(), back, err)
	}
	_, err = s.UnpatchFile(ctx, s.brook, "labs", name)
	s.refused("clear again", err, model.NotFound, "labs/c/1.0/noarch/c-1.0-0.conda has no patch.")
	s.want("audit", auditLines(t, s.Site, "labs", "file.patch", "file.unpatch"), nil,
		`file.patch labs/c/1.0/noarch/c-1.0-0.conda Too old a Python. {"constrains":null,"depends":["python >=3.9"],"license":"MIT"}`,
		`file.patch labs/c/1.0/noarch/c-1.0-0.conda {"license":"BSD-3-Clause"}`, `file.unpatch labs/c/1.0/noarch/c-1.0-0.conda `)
}

func TestPatchRefusals(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	ctx := t.Context()
	name := registry.FileName{Package: "a", Version: "1.0", Basename: aNoarch}
	_, err := s.PatchFile(ctx, s.brook, "labs", name, []byte(`{"sha256":"0"}`), "")
	s.refused("digest", err, model.Invalid, `A patch cannot change "sha256". It may change constrains, depends, purls, features, license, license_family, namespace, python_site_packages_path, track_features.`)
	_, err = s.PatchFile(ctx, s.brook, "labs", registry.FileName{Package: "a", Version: "1.0", Basename: "noarch/x.conda"}, []byte(`{"license":"MIT"}`), "")
	s.refused("absent", err, model.NotFound, `File "labs/a/1.0/noarch/x.conda" does not exist.`)
	_, err = s.PatchFile(ctx, s.Actor(t, "casey"), "labs", name, []byte(`{"license":"MIT"}`), "")
	if model.CodeOf(err) != model.Forbidden {
		t.Errorf("stranger: %v", err)
	}
}
