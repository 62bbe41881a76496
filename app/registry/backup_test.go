package registry_test

import (
	"archive/tar"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"vivarium/app/format/conda/condatest"
	"vivarium/app/format/pypi/pypitest"
	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
	"vivarium/app/store"
)

func makeBackup(t *testing.T, s *registrytest.Site) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := s.Backup(t.Context(), model.LocalOperator(), "test", t.TempDir(), &out, func(int) {}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func readBackup(t *testing.T, data []byte) (dir string, err error) {
	t.Helper()
	dir = t.TempDir()
	_, _, err = registry.ReadBackup(t.Context(), bytes.NewReader(data), dir, func(int) {})
	return dir, err
}

// TestBackupWhileUploading makes backups while others upload, remove and are
// refused: each has the bytes of every row in it.
func TestBackupWhileUploading(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	brook := s.Actor(t, "brook")
	ctx, stop := context.WithCancel(t.Context())
	var uploaders sync.WaitGroup
	for n := range 3 {
		uploaders.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				spec := condatest.Spec{Name: string(rune('a' + n)), Summary: strings.Repeat("x", i)}
				f := s.Publish(t, brook, "labs", spec)
				if _, err := s.DeleteFile(t.Context(), brook, "labs", f.Package, f.Version, f.Basename); err != nil {
					t.Error(err)
				}
				name, data := condatest.Build(t, spec)
				in := registrytest.Announce(spec, "brook", name, data)
				in.Version, in.Basename = "2.0", "noarch/"+f.Package+"-2.0-0.conda"
				if _, err := s.Upload(t, brook, in, data); model.CodeOf(err) != model.Invalid {
					t.Errorf("what is announced as another version: %v", err)
				}
			}
		})
	}
	for range 4 {
		dir, err := readBackup(t, makeBackup(t, s))
		if err != nil {
			t.Fatal(err)
		}
		everyRowHasItsBytes(t, dir)
	}
	stop()
	uploaders.Wait()
}

func everyRowHasItsBytes(t *testing.T, dir string) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(dir, registry.BackupDatabase)})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if problems, err := db.Integrity(t.Context()); err != nil || len(problems) > 0 {
		t.Errorf("the copied database: %q, %v", problems, err)
	}
	for _, name := range []string{"a", "b", "c"} {
		p, err := db.Package(t.Context(), must(db.Account(t.Context(), "labs")).ID, name)
		if err != nil {
			continue
		}
		for _, f := range must(db.Files(t.Context(), p.ID)) {
			if _, err := os.Stat(filepath.Join(dir, "blobs", f.SHA256[:2], f.SHA256)); err != nil {
				t.Errorf("%s has no bytes in the backup", f.FullName())
			}
		}
	}
}

// TestBackupKeepsGarbage: nothing is collected while a backup is made.
func TestBackupKeepsGarbage(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	s.Publish(t, s.Actor(t, "brook"), "labs", condatest.Spec{})
	release, err := s.Blobs.KeepAll(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.CollectGarbage(t.Context(), model.LocalOperator(), registry.MinGrace)
	check(t, "collect garbage", err, model.Conflict)
	_, err = s.TryPublish(t, s.Actor(t, "brook"), "labs", condatest.Spec{Summary: "other bytes"})
	check(t, "a second file of the name", err, model.Conflict)
	if err := release(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.CollectGarbage(t.Context(), model.LocalOperator(), registry.MinGrace); err != nil {
		t.Error(err)
	}
	_, err = s.Backup(t.Context(), s.Actor(t, "brook"), "", t.TempDir(), io.Discard, func(int) {})
	check(t, "a backup by a user", err, model.Forbidden)
}

// member is one of a tar file that was read.
type member struct {
	name string
	body []byte
}

func members(t *testing.T, data []byte) []member {
	t.Helper()
	var all []member
	for r := tar.NewReader(bytes.NewReader(data)); ; {
		h, err := r.Next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, member{h.Name, must(io.ReadAll(r))})
	}
}

func pack(t *testing.T, all []member) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, m := range all {
		if err := w.WriteHeader(&tar.Header{Name: m.name, Size: int64(len(m.body)), Mode: 0o600, Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		w.Write(m.body)
	}
	w.Close()
	return out.Bytes()
}

// TestReadBackupRefuses what is not as it was made.
func TestReadBackupRefuses(t *testing.T) {
	t.Parallel()
	s := registrytest.New(t)
	mustPublishPython(t, s, "labs", pypitest.Spec{})
	whole := makeBackup(t, s)
	if _, err := readBackup(t, whole); err != nil {
		t.Fatal(err)
	}
	head := func(format int) []byte { return must(json.Marshal(registry.BackupInfo{Format: format})) }
	tests := []struct {
		name   string
		change func([]member) []member
		says   string
	}{
		{"no end", func(m []member) []member { return m[:len(m)-1] }, "cut off"},
		{"a blob is missing", func(m []member) []member { return append(m[:2:2], m[3:]...) }, "were to come"},
		{"no database", func(m []member) []member { return append(m[:1:1], m[2:]...) }, "were to come"},
		{"another database", func(m []member) []member { m[1].body[100]++; return m }, "were to come"},
		{"two databases", func(m []member) []member { return append(m[:2:2], m[1:]...) }, "unknown member"},
		{"altered bytes", func(m []member) []member { m[2].body[0]++; return m }, "the bytes named"},
		{"a path for a name", func(m []member) []member { m[2].name = "blobs/../../x"; return m }, "the bytes named"},
		{"something else in it", func(m []member) []member { m[2].name = "/etc/passwd"; return m }, "unknown member"},
		{"another format", func(m []member) []member { m[0].body = head(2); return m }, "format 2"},
		{"no head", func(m []member) []member { return m[1:] }, "begin"},
		{"a head that is none", func(m []member) []member { m[0].body = []byte("x"); return m }, "first lines"},
		{"an end that is none", func(m []member) []member { m[len(m)-1].body = []byte("x"); return m }, "its end"},
	}
	for _, tt := range tests {
		if _, err := readBackup(t, pack(t, tt.change(members(t, whole)))); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.says)
		}
	}
	for _, size := range []int{0, 100, 512, 2000, len(whole) / 2, len(whole) - 2000} {
		if _, err := readBackup(t, whole[:size]); model.CodeOf(err) != model.Invalid {
			t.Errorf("cut off after %d bytes: %v", size, err)
		}
	}
}
