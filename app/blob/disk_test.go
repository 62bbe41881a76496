package blob_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vivarium/app/blob"
	"vivarium/app/blob/blobtest"
	"vivarium/app/model"
)

// store gives the disk's own types the suite's names.
type store struct{ *blob.Disk }

func (s store) Create() (blobtest.Writer, error) {
	w, err := s.Disk.Create()
	if err != nil {
		return nil, err
	}
	return w, nil
}

func (s store) Open(sha256 string) (blobtest.File, error) {
	f, err := s.Disk.Open(sha256)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func TestDisk(t *testing.T) {
	t.Parallel()
	blobtest.Run(t, func(t *testing.T) blobtest.Store { return store{openDisk(t, t.TempDir())} })
}

func openDisk(t testing.TB, dir string) *blob.Disk {
	t.Helper()
	d, err := blob.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func put(t testing.TB, d *blob.Disk, content string) blob.Digest {
	t.Helper()
	w, err := d.Create()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	digest, err := w.Commit()
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

func TestNobodyElseReads(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data", "blobs")
	d := openDisk(t, dir)
	put(t, d, "secret")
	w, err := d.Create()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	err = filepath.WalkDir(filepath.Dir(dir), func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v, want none for others", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOpenDiskAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	sum := put(t, openDisk(t, dir), "kept").SHA256
	f, err := openDisk(t, dir).Open(sum)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, _ := io.ReadAll(f); string(got) != "kept" {
		t.Errorf("got %q, want what was stored before", got)
	}
}

func TestOpenDiskRefusesFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below")} {
		if _, err := blob.OpenDisk(dir); err == nil {
			t.Errorf("%s was opened as a folder", dir)
		}
	}
}

// A link that somebody laid into the folder must not lead out of it.
func TestLinksDoNotLeadOut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := openDisk(t, dir)
	sum := put(t, d, "victim").SHA256
	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.WriteFile(outside, []byte("outside"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, sum[:2], sum)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, path); err != nil {
		t.Fatal(err)
	}
	if f, err := d.Open(sum); err == nil {
		f.Close()
		t.Error("a link out of the folder was followed")
	}
}

// TestFolderIsAnotherOne restores a folder that was read from before.
func TestFolderIsAnotherOne(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := openDisk(t, dir)
	sum := put(t, d, "content").SHA256
	read := func() {
		t.Helper()
		f, err := d.Open(sum)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	read()
	folder := filepath.Join(dir, sum[:2])
	if err := os.CopyFS(folder+".new", os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.RemoveAll(folder), os.Rename(folder+".new", folder)); err != nil {
		t.Fatal(err)
	}
	read()
}

func TestDamagedBlobIsReplaced(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := openDisk(t, dir)
	sum := put(t, d, "all of it").SHA256
	path := filepath.Join(dir, sum[:2], sum)
	if err := os.Truncate(path, 3); err != nil {
		t.Fatal(err)
	}
	put(t, d, "all of it")
	if got, _ := os.ReadFile(path); string(got) != "all of it" {
		t.Errorf("got %q, want the whole again", got)
	}
}

func TestAllPassesOverStrangers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := openDisk(t, dir)
	sum := put(t, d, "mine").SHA256
	other := strings.Repeat("f", 64)
	for _, name := range []string{"notes.txt", sum[:2] + "/notes.txt", sum[:2] + "/" + other} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for e, err := range d.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, e.SHA256)
	}
	if len(got) != 1 || got[0] != sum {
		t.Errorf("got %v, want %s alone", got, sum)
	}
}

func TestCheckFailsWithoutFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := openDisk(t, dir)
	if err := os.RemoveAll(filepath.Join(dir, "tmp")); err != nil {
		t.Fatal(err)
	}
	if err := d.Check(); err == nil || model.CodeOf(err) != model.Internal {
		t.Errorf("got %v, want an unexpected error", err)
	}
}
