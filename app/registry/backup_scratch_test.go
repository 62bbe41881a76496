package registry_test

import (
	"os"
	"path/filepath"
	"testing"

	"vivarium/app/registry/registrytest"
)

// TestSweepBackups leaves alone what belongs to a backup under way.
func TestSweepBackups(t *testing.T) {
	t.Parallel()
	s, dir := registrytest.New(t), t.TempDir()
	left, other := filepath.Join(dir, "backup-123"), filepath.Join(dir, "blobs")
	for _, folder := range []string{left, other} {
		if err := os.MkdirAll(filepath.Join(folder, "inside"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	swept := func(want bool) {
		t.Helper()
		if err := s.SweepBackups(dir); err != nil {
			t.Fatal(err)
		}
		_, gone := os.Stat(left)
		if _, err := os.Stat(other); err != nil || os.IsNotExist(gone) != want {
			t.Fatalf("what a backup has left: %v, and something else: %v", gone, err)
		}
	}
	release, err := s.Blobs.KeepAll(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	swept(false)
	if err := release(); err != nil {
		t.Fatal(err)
	}
	swept(true)
}
