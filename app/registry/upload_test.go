package registry_test

import (
	"bytes"
	"crypto/md5"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

func TestPublish(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	f := s.Publish(t, s.Actor(t, "brook"), "brook", condatest.Spec{Name: "tiny", Subdir: "linux-64", Summary: "A tiny thing"}, "dev", "Main", "dev")
	if f.FullName() != "brook/tiny/1.0/linux-64/tiny-1.0-0.conda" {
		t.Errorf("published %s", f.FullName())
	}
	d, err := s.Package(t.Context(), model.Actor{}, "Brook", "TINY")
	if err != nil {
		t.Fatal(err)
	}
	if d.Summary != "A tiny thing" || d.LatestVersion != "1.0" || !slices.Equal(d.Types, []model.PackageType{model.Conda}) {
		t.Errorf("package is %+v", d.Package)
	}
	if got := d.Files()[0].Labels; !slices.Equal(got, []string{"dev", "main"}) {
		t.Errorf("labels are %v, want dev and main once each", got)
	}
}

func TestPublishTwice(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	s.Publish(t, brook, "labs", condatest.Spec{Name: "tiny"})
	_, err := s.TryPublish(t, brook, "labs", condatest.Spec{Name: "tiny", Summary: "other bytes"})
	if model.CodeOf(err) != model.Conflict || !strings.Contains(err.Error(), "--force") {
		t.Errorf("the same name again: %v, want a conflict that says what to do", err)
	}
	if _, err := s.DeleteFile(t.Context(), brook, "labs", "tiny", "1.0", "noarch/tiny-1.0-0.conda"); err != nil {
		t.Fatal(err)
	}
	s.Publish(t, brook, "labs", condatest.Spec{Name: "tiny", Summary: "other bytes"})
}

// TestRefusedUploadLeavesNothing goes through the ways in which an upload is
// refused; none leaves a row, bytes or a temporary file.
func TestRefusedUploadLeavesNothing(t *testing.T) {
	t.Parallel()
	good := condatest.Spec{Name: "tiny"}
	change := func(f func(in *registry.StageRequest, data *[]byte)) func(*registry.StageRequest, *[]byte) { return f }
	tests := []struct {
		name   string
		who    string
		change func(*registry.StageRequest, *[]byte)
		want   model.Code
	}{
		{"another's channel", "casey", nil, model.Forbidden},
		{"announced digest is wrong", "brook", change(func(in *registry.StageRequest, _ *[]byte) { in.SHA256 = strings.Repeat("0", 64) }), model.Invalid},
		{"announced digest is no digest", "brook", change(func(in *registry.StageRequest, _ *[]byte) { in.SHA256 = "abc" }), model.Invalid},
		{"truncated archive", "brook", change(func(in *registry.StageRequest, d *[]byte) { in.SHA256, *d = "", (*d)[:len(*d)/2] }), model.Invalid},
		{"no archive at all", "brook", change(func(in *registry.StageRequest, d *[]byte) { in.SHA256, *d = "", []byte("hello") }), model.Invalid},
		{"empty", "brook", change(func(in *registry.StageRequest, d *[]byte) { in.SHA256, *d = "", nil }), model.Invalid},
		{"another build in the name", "brook", change(func(in *registry.StageRequest, _ *[]byte) { in.Basename = "noarch/tiny-1.0-9.conda" }), model.Invalid},
		{"another version in the URL", "brook", change(func(in *registry.StageRequest, _ *[]byte) { in.Version = "2.0" }), model.Invalid},
		{"another subdir", "brook", change(func(in *registry.StageRequest, _ *[]byte) { in.Basename = "linux-64/tiny-1.0-0.conda" }), model.Invalid},
		{"unknown subdir", "brook", change(func(in *registry.StageRequest, _ *[]byte) { in.Basename = "nosuch-99/tiny-1.0-0.conda" }), model.Invalid},
		{"path as subdir", "brook", change(func(in *registry.StageRequest, _ *[]byte) { in.Basename = "../../tiny-1.0-0.conda" }), model.Invalid},
		{"control character", "brook", change(func(in *registry.StageRequest, _ *[]byte) { in.Basename = "noarch/tiny-1.0-\x010.conda" }), model.Invalid},
		{"label nolabel", "brook", change(func(in *registry.StageRequest, _ *[]byte) { in.Labels = []string{"nolabel"} }), model.Invalid},
		{"another type", "brook", change(func(in *registry.StageRequest, _ *[]byte) { in.Type = model.Installer }), model.Invalid},
	}
	s := registrytest.New(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fileName, data := condatest.Build(t, good)
			in := registrytest.Announce(good, "brook", fileName, data)
			if tt.change != nil {
				tt.change(&in, &data)
			}
			_, err := s.Upload(t, s.Actor(t, tt.who), in, data)
			if model.CodeOf(err) != tt.want {
				t.Errorf("answer %v (%s), want %s", err, model.CodeOf(err), tt.want)
			}
			nothingLeft(t, s)
		})
	}
}

func nothingLeft(t *testing.T, s *registrytest.Site) {
	t.Helper()
	if _, err := s.Package(t.Context(), s.Actor(t, "brook"), "brook", "tiny"); model.CodeOf(err) != model.NotFound {
		t.Errorf("the package is still there: %v", err)
	}
	stages, err := s.Store.StagesBefore(t.Context(), s.Clock.Now())
	if err != nil || len(stages) > 0 {
		t.Errorf("stages left: %v %v", stages, err)
	}
	filepath.WalkDir(filepath.Join(s.Dir, "blobs"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			t.Errorf("bytes left: %s", path)
		}
		return nil
	})
}

func TestStoreFile(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t, func(p *registry.Policy) { p.UploadSize = 4 << 10 })
	spec := condatest.Spec{Name: "tiny"}
	fileName, data := condatest.Build(t, spec)
	stage := func() registry.Staged {
		staged, err := s.StageFile(t.Context(), s.Actor(t, "brook"), registrytest.Announce(spec, "brook", fileName, data))
		if err != nil {
			t.Fatal(err)
		}
		return staged
	}
	sum := md5.Sum([]byte("something else"))
	if err := s.StoreFile(t.Context(), stage().Ticket, sum[:], -1, bytes.NewReader(data)); !errors.Is(err, registry.ErrDigest) {
		t.Errorf("wrong MD5: %v", err)
	}
	if err := s.StoreFile(t.Context(), stage().Ticket, nil, 5000, bytes.NewReader(data)); model.CodeOf(err) != model.TooLarge {
		t.Errorf("declared over the limit: %v", err)
	}
	if err := s.StoreFile(t.Context(), stage().Ticket, nil, -1, bytes.NewReader(make([]byte, 5000))); model.CodeOf(err) != model.TooLarge {
		t.Errorf("over the limit: %v", err)
	}
	staged := stage()
	if err := s.StoreFile(t.Context(), "x"+staged.Ticket[1:], nil, -1, bytes.NewReader(data)); model.CodeOf(err) != model.Forbidden {
		t.Errorf("wrong ticket: %v", err)
	}
	if err := s.StoreFile(t.Context(), staged.Ticket, nil, int64(len(data)), bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	if err := s.StoreFile(t.Context(), staged.Ticket, nil, -1, bytes.NewReader(data)); model.CodeOf(err) != model.Forbidden {
		t.Errorf("ticket used twice: %v", err)
	}
}

// TestCommitIsTheStagersOwn checks that a dist_id opens nothing to others and
// under no other name.
func TestCommitIsTheStagersOwn(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	spec := condatest.Spec{Name: "tiny"}
	fileName, data := condatest.Build(t, spec)
	in := registrytest.Announce(spec, "brook", fileName, data)
	brook := s.Actor(t, "brook")
	staged, err := s.StageFile(t.Context(), brook, in)
	if err != nil {
		t.Fatal(err)
	}
	commit := func(actor model.Actor, basename string) model.Code {
		_, err := s.CommitFile(t.Context(), actor, "brook", "tiny", "1.0", basename, staged.DistID)
		return model.CodeOf(err)
	}
	if got := commit(brook, in.Basename); got != model.Invalid {
		t.Errorf("before the bytes: %s", got)
	}
	if err := s.StoreFile(t.Context(), staged.Ticket, nil, -1, bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	if got := commit(s.Actor(t, "casey"), in.Basename); got != model.Forbidden {
		t.Errorf("by another: %s", got)
	}
	if got := commit(brook, "linux-64/"+fileName); got != model.NotFound {
		t.Errorf("under another name: %s", got)
	}
	if got := commit(brook, in.Basename); got != model.Internal { // Internal is the code of no error
		t.Errorf("as staged: %s", got)
	}
}
