package e2e

import (
	"io"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestBackupKilled: what a killed backup leaves is gone after the next start, and
// that of one under way is not touched.
func TestBackupKilled(t *testing.T) {
	t.Parallel()
	s, alice := startPublishing(t)
	alice.must(t, condaSpec{}.build(t))
	left := func(s *server, want int, when string) {
		t.Helper()
		if got, err := filepath.Glob(filepath.Join(s.dir, "data", "backup-*")); err != nil || len(got) != want {
			t.Errorf("%s: %q, %v, want %d", when, got, err, want)
		}
	}
	cmd := exec.Command(program, "admin", "backup", "-")
	cmd.Dir, cmd.Env = s.dir, plainEnv(s.dir)
	out, err := cmd.StdoutPipe()
	sure(t, err)
	sure(t, cmd.Start())
	// It is in the middle of the database, for which the pipe has no room.
	_, err = io.ReadFull(out, make([]byte, 4<<10))
	sure(t, err)
	again := startServerOn(t, s.stop(), nil)
	left(again, 1, "a start beside a backup")
	sure(t, cmd.Process.Kill())
	_ = cmd.Wait() // it was killed
	left(again, 1, "a killed backup")
	last := startServerOn(t, again.stop(), nil)
	left(last, 0, "the next start")
	last.admin("", "check")
}
