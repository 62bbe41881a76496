package e2e

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/scaletest"
)

// listedNames are what a server serves, by path below the channel.
func listedNames(s *server, channel string) (names []string) {
	for _, f := range s.listed() {
		if _, name, ok := strings.Cut(f.path, "/"+channel+"/"); ok {
			names = append(names, name+" "+f.sha256)
		}
	}
	slices.Sort(names)
	return names
}

// TestImportChannelThatIsKilled copies a channel from one server to another, is
// killed again and again, loses the first server once, and in the end both serve
// the same.
func TestImportChannelThatIsKilled(t *testing.T) {
	t.Parallel()
	old, fresh := startServerOn(t, t.TempDir(), []string{unlimited}), startServerOn(t, t.TempDir(), []string{unlimited})
	old.addUser("alice")
	fresh.addUser("alice")
	dir, count := t.TempDir(), scaletest.Count(t, 6_000, 300)
	for n := range count {
		a := condaSpec{name: fmt.Sprintf("many%d", n/3), version: fmt.Sprintf("1.%d", n%3)}.build(t)
		if n%10 == 0 {
			a = wheelSpec{name: fmt.Sprintf("wheel%d", n)}.build(t)
		}
		sure(t, os.WriteFile(filepath.Join(dir, a.fileName), a.data, 0o600))
	}
	old.admin("", "import", dir, "--channel", "alice", "--label", "main", "--label", "dev")
	token := old.addToken("alice", "van", "api")
	old.change(http.StatusOK, token, http.MethodPatch, "/api/package/alice/many0", `{"access": "private"}`)
	move := func() outcome {
		return fresh.tryAdmin(token, "import-channel", old.URL+"/alice", "--channel", "alice", "--token-stdin")
	}
	for round := range scaletest.Count(t, 20, 4) {
		cmd := exec.Command(program, "admin", "import-channel", old.URL+"/alice", "--channel", "alice", "--token-stdin")
		cmd.Dir, cmd.Env, cmd.Stdin = fresh.dir, plainEnv(fresh.dir), strings.NewReader(token)
		sure(t, cmd.Start())
		patience := time.Duration(rand.IntN(900)+300) * time.Millisecond
		timer := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
		err := cmd.Wait()
		timer.Stop()
		fresh.get("", "/api/package/alice/many0").is(t, http.StatusNotFound)
		fresh.admin("", "check", "--deep")
		t.Logf("round %d: killed after %v: %v; %d of %d files are here", round, patience, err, len(listedNames(fresh, "alice")), count)
	}
	got := move().ok(t)
	if !strings.Contains(got.stdout, fmt.Sprintf("%d there, %d here;", count, count)) || !strings.Contains(got.stdout, fmt.Sprintf("label     dev on %d files", count)) {
		t.Errorf("in the end: %s", got.stdout)
	}
	if was, is := listedNames(old, "alice"), listedNames(fresh, "alice"); !slices.Equal(was, is) {
		t.Errorf("%d files are served, %d were", len(is), len(was))
	}
	fresh.admin("", "check", "--deep")
	if got := move().ok(t); !strings.Contains(got.stdout, fmt.Sprintf("; 0 copied (0 bytes), %d were here already", count)) {
		t.Errorf("once more: %s", got.stdout)
	}
	old.stop()
	if got := move(); got.status != 1 || !strings.Contains(got.stderr, "cannot be reached") || strings.Contains(got.stderr, token) {
		t.Errorf("without the other server: %d %s", got.status, got.stderr)
	}
}
