package blob_test

import (
	"context"
	"testing"
	"time"

	"vivarium/app/model"
)

// TestKeepAll: several may remove at once, and none while somebody keeps all, in
// whichever process.
func TestKeepAll(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := openDisk(t, dir), openDisk(t, dir)
	may := func(want bool) func() error {
		t.Helper()
		release, ok, err := two.MayRemove()
		if err != nil || ok != want {
			t.Fatalf("MayRemove = %v, %v, want %v", ok, err, want)
		}
		return release
	}
	first, second := may(true), may(true)
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := one.KeepAll(short); model.CodeOf(err) != model.Conflict {
		t.Errorf("KeepAll while two remove: %v", err)
	}
	first()
	kept := make(chan func() error)
	go func() {
		release, err := one.KeepAll(t.Context())
		if err != nil {
			t.Error(err)
		}
		kept <- release
	}()
	second()
	release := <-kept
	may(false)
	if err := release(); err != nil {
		t.Error(err)
	}
	may(true)()
}
