package blob_test

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"testing"

	"vivarium/app/blob"
)

// writers begins one blob for each content.
func writers(t *testing.T, d *blob.Disk, contents ...string) []*blob.Writer {
	t.Helper()
	var all []*blob.Writer
	for _, content := range contents {
		w, err := d.Create()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
		all = append(all, w)
	}
	return all
}

func temporary(t *testing.T, dir string) []string {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, "tmp", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return left
}

// TestCommitAll makes many blobs at once, some of them twice and one that is there
// already.
func TestCommitAll(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := openDisk(t, dir)
	put(t, d, "content 7")
	var contents []string
	for n := range 100 {
		contents = append(contents, fmt.Sprintf("content %d", n%80))
	}
	all := writers(t, d, contents...)
	if err := d.CommitAll(all...); err != nil {
		t.Fatal(err)
	}
	for i, w := range all {
		f, err := d.Open(w.Digest().SHA256)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(f)
		f.Close()
		if err != nil || string(got) != contents[i] {
			t.Errorf("read %q, %v, want %q", got, err, contents[i])
		}
	}
	n := 0
	for range d.All(t.Context()) {
		n++
	}
	if left := temporary(t, dir); n != 80 || len(left) > 0 {
		t.Errorf("%d blobs, want 80; left behind %q", n, left)
	}
}

// TestCommitAllFails ends every writer when one cannot go on.
func TestCommitAllFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := openDisk(t, dir)
	all := writers(t, d, "one", "two", "three")
	if err := all[1].Abort(); err != nil {
		t.Fatal(err)
	}
	if err := d.CommitAll(all...); err == nil {
		t.Error("a writer that has ended is committed")
	}
	filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			t.Errorf("left behind: %s", path)
		}
		return err
	})
}

// TestReadAt reads a blob while it is written.
func TestReadAt(t *testing.T) {
	t.Parallel()
	w := writers(t, openDisk(t, t.TempDir()), "0123456789")[0]
	defer w.Abort()
	p := make([]byte, 3)
	if n, err := w.ReadAt(p, 4); n != 3 || err != nil || string(p) != "456" {
		t.Errorf("ReadAt = %d, %v, %q", n, err, p)
	}
	if _, err := io.WriteString(w, "ab"); err != nil {
		t.Fatal(err)
	}
	if n, err := w.ReadAt(p, 10); n != 2 || err != io.EOF || string(p[:2]) != "ab" {
		t.Errorf("ReadAt at the end = %d, %v, %q", n, err, p)
	}
}
