package blob_test

import (
	"os"
	"path/filepath"
	"testing"

	"vivarium/app/model"
)

func TestMeasureAndSetAside(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := openDisk(t, dir)
	digest := put(t, d, "content")
	path := filepath.Join(dir, digest.SHA256[:2], digest.SHA256)
	if n, err := d.Size(digest.SHA256); n != 7 || err != nil {
		t.Errorf("Size = %d, %v", n, err)
	}
	if got, err := d.Measure(digest.SHA256); got != digest || err != nil {
		t.Errorf("Measure = %+v, %v, want %+v", got, err, digest)
	}
	if err := os.WriteFile(path, []byte("tnetnoc"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := d.Measure(digest.SHA256); err != nil || got.SHA256 == digest.SHA256 || got.Size != 7 {
		t.Errorf("Measure of altered bytes = %+v, %v", got, err)
	}
	if err := d.SetAside(digest.SHA256); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Size(digest.SHA256); model.CodeOf(err) != model.NotFound {
		t.Errorf("what was set aside is there: %v", err)
	}
	if _, err := d.Measure(digest.SHA256); model.CodeOf(err) != model.NotFound {
		t.Errorf("what was set aside is read: %v", err)
	}
	for e := range d.All(t.Context()) {
		t.Errorf("listed: %+v", e)
	}
	if again := put(t, d, "content"); again != digest {
		t.Errorf("put again: %+v", again)
	}
	if kept, err := os.ReadFile(path + ".damaged"); string(kept) != "tnetnoc" || err != nil {
		t.Errorf("beside it is %q, %v", kept, err)
	}
	if err := d.SetAside("../x"); model.CodeOf(err) != model.Invalid {
		t.Errorf("a path: %v", err)
	}
	if _, err := d.Size("../x"); model.CodeOf(err) != model.Invalid {
		t.Errorf("a path: %v", err)
	}
}
