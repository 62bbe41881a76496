package registry_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"testing"
	"time"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// index returns the file names that actor's repodata.json lists.
func index(t *testing.T, s *registrytest.Site, actor model.Actor, label, subdir string) []string {
	t.Helper()
	doc, err := s.OpenIndex(t.Context(), actor, "labs", label, subdir, model.Repodata)
	if err != nil {
		t.Fatal(err)
	}
	var repodata struct {
		Packages map[string]any `json:"packages"`
		Conda    map[string]any `json:"packages.conda"`
	}
	if err := json.Unmarshal(read(t, doc.Body), &repodata); err != nil {
		t.Fatal(err)
	}
	maps.Copy(repodata.Conda, repodata.Packages)
	return slices.Sorted(maps.Keys(repodata.Conda))
}

func read(t *testing.T, body model.Body) []byte {
	t.Helper()
	all, err := model.ReadBody(body)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestIndexIsRightAtOnce(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook, anonymous := s.Actor(t, "brook"), model.Actor{}
	want := func(what, label, subdir string, names ...string) {
		t.Helper()
		if got := index(t, s, anonymous, label, subdir); !slices.Equal(got, names) {
			t.Errorf("%s: %s/%s lists %v, want %v", what, label, subdir, got, names)
		}
	}
	want("at first", "main", "noarch")
	s.Publish(t, brook, "labs", condatest.Spec{Name: "one"})
	s.Publish(t, brook, "labs", condatest.Spec{Name: "two", TarBz2: true}, "dev")
	s.Publish(t, brook, "labs", condatest.Spec{Name: "three", Subdir: "linux-64"})
	want("after uploads", "main", "noarch", "one-1.0-0.conda")
	want("after uploads", "dev", "noarch", "two-1.0-0.tar.bz2")
	want("after uploads", "main", "linux-64", "three-1.0-0.conda")
	private := model.Private
	if _, err := s.UpdatePackage(t.Context(), brook, "labs", "one", registry.PackageChange{Access: &private}); err != nil {
		t.Fatal(err)
	}
	want("made private", "main", "noarch")
	if got := index(t, s, brook, "main", "noarch"); !slices.Equal(got, []string{"one-1.0-0.conda"}) {
		t.Errorf("the owner's index lists %v", got)
	}
	if err := s.DeletePackage(t.Context(), brook, "labs", "three"); err != nil {
		t.Fatal(err)
	}
	want("removed", "main", "linux-64")
}

// TestIndexOfAnotherProcess changes a channel in one process and reads it in
// another.
func TestIndexOfAnotherProcess(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	other := s.Later(0)
	index(t, other, model.Actor{}, "main", "noarch")
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "one"})
	if got := index(t, other, model.Actor{}, "main", "noarch"); len(got) != 1 {
		t.Errorf("the other process lists %v", got)
	}
}

func TestIndexRefusals(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	for _, tt := range []struct {
		channel, label, subdir string
		want                   model.Code
	}{
		{"labs", "main", "osx-arm64", model.Internal},
		{"LABS", "never/used", "noarch", model.Internal},
		{"nosuch", "main", "noarch", model.NotFound},
		{"labs", "main", "../x", model.NotFound},
		{"labs", "..", "noarch", model.NotFound},
	} {
		_, err := s.OpenIndex(t.Context(), model.Actor{}, tt.channel, tt.label, tt.subdir, model.RepodataZstd)
		check(t, tt.channel+"/"+tt.label+"/"+tt.subdir, err, tt.want)
	}
}

func TestOpenCondaFile(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	spec := condatest.Spec{Name: "one"}
	name, data := condatest.Build(t, spec)
	s.Publish(t, s.Actor(t, "brook"), "labs", spec, "dev")
	open := func(label string) (registry.OpenedFile, error) {
		return s.OpenCondaFile(t.Context(), model.Actor{}, "labs", label, "noarch", name)
	}
	for _, label := range []string{"", "dev", "DEV"} {
		f, err := open(label)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(f.Bytes)
		f.Bytes.Close()
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("label %q: %d bytes, %v", label, len(got), err)
		}
	}
	_, err := open("main")
	check(t, "under a label it does not carry", err, model.NotFound)
	if err := s.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	d, err := s.Package(t.Context(), model.Actor{}, "labs", "one")
	if err != nil || d.Files()[0].Downloads != 3 {
		t.Errorf("counted %+v, %v", d.Files(), err)
	}
}

func TestPrivateFileNeedsTheScope(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t, func(p *registry.Policy) { p.DefaultAccess = model.Private })
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Name: "one"})
	open := func(actor model.Actor) error {
		f, err := s.OpenCondaFile(t.Context(), actor, "labs", "", "noarch", "one-1.0-0.conda")
		if err == nil {
			f.Bytes.Close()
		}
		return err
	}
	check(t, "anonymous", open(model.Actor{}), model.NotFound)
	check(t, "outsider", open(token(t, s, "casey", "all")(condaDoor)), model.NotFound)
	check(t, "owner, other scope", open(token(t, s, "brook", "api")(condaDoor)), model.Forbidden)
	check(t, "owner", open(token(t, s, "brook", "repos")(condaDoor)), model.Internal)
	check(t, "organization's token", open(token(t, s, "labs", "conda:download")(condaDoor)), model.Internal)
}

func TestCollectGarbage(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook, op := s.Actor(t, "brook"), model.LocalOperator()
	s.Publish(t, brook, "labs", condatest.Spec{Name: "kept"})
	s.Publish(t, brook, "labs", condatest.Spec{Name: "gone"})
	if err := s.DeletePackage(t.Context(), brook, "labs", "gone"); err != nil {
		t.Fatal(err)
	}
	spec := condatest.Spec{Name: "unfinished"}
	fileName, data := condatest.Build(t, spec)
	staged, err := s.StageFile(t.Context(), brook, registrytest.Announce(spec, "labs", fileName, data))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.StoreFile(t.Context(), staged.Ticket, nil, -1, bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	if c, err := s.CollectGarbage(t.Context(), op, 24*time.Hour); err != nil || c.Blobs+c.Stages != 0 {
		t.Errorf("within the grace it took %+v, %v", c, err)
	}
	later := s.Later(25 * time.Hour)
	c, err := later.CollectGarbage(t.Context(), op, 24*time.Hour)
	if err != nil || c.Blobs != 2 || c.Stages != 1 {
		t.Errorf("after it, %+v, %v, want 2 blobs and 1 stage", c, err)
	}
	if _, err := s.Package(t.Context(), brook, "labs", "unfinished"); model.CodeOf(err) != model.NotFound {
		t.Errorf("the package of the unfinished upload is still there: %v", err)
	}
	if f, err := s.OpenCondaFile(t.Context(), brook, "labs", "", "noarch", "kept-1.0-0.conda"); err != nil {
		t.Errorf("the kept file is gone: %v", err)
	} else {
		f.Bytes.Close()
	}
	_, err = s.CollectGarbage(t.Context(), op, time.Minute)
	check(t, "a grace too short", err, model.Invalid)
}
