package e2e

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vivarium/app/scaletest"
)

// TestKill9DuringImport kills an import beside a running server again and again.
// After each, the site has no flaws and what is listed is served; in the end all is
// there, and nothing else.
func TestKill9DuringImport(t *testing.T) {
	t.Parallel()
	s := startServerOn(t, t.TempDir(), []string{unlimited})
	s.addUser("alice")
	dir, count := t.TempDir(), scaletest.Count(t, 20_000, 900)
	for n := range count {
		a := condaSpec{name: fmt.Sprintf("many%d", n/3), version: fmt.Sprintf("1.%d", n%3)}.build(t)
		if n%10 == 0 {
			a = wheelSpec{name: fmt.Sprintf("wheel%d", n)}.build(t)
		}
		sure(t, os.WriteFile(filepath.Join(dir, a.fileName), a.data, 0o600))
	}
	began := time.Now()
	for round := range scaletest.Count(t, 30, 3) {
		cmd := exec.Command(program, "admin", "import", dir, "--channel", "alice")
		cmd.Dir, cmd.Env = s.dir, plainEnv(s.dir)
		sure(t, cmd.Start())
		patience := time.Duration(rand.IntN(400)+50) * time.Millisecond
		timer := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
		err := cmd.Wait()
		timer.Stop()
		t.Logf("round %d: killed after %v: %v", round, patience, err)
		s.admin("", "check", "--deep")
		for _, f := range s.listed() {
			s.get("", f.path).is(t, http.StatusOK)
		}
		if err == nil {
			break
		}
	}
	got := s.admin("", "import", dir, "--channel", "alice")
	if !strings.HasSuffix(got, "0 problems") || len(s.listed()) != count {
		t.Errorf("in the end: %q, %d are listed, want %d", got, len(s.listed()), count)
	}
	s.admin("", "check", "--deep")
	t.Logf("%d files in %v", count, time.Since(began))
	if again := s.admin("", "import", dir, "--channel", "alice"); !strings.HasPrefix(again, "imported 0 files") {
		t.Errorf("once more: %q", again)
	}
	if got := s.collect(); !strings.Contains(got, "0 unfinished uploads") {
		t.Errorf("gc says %q", got)
	}
	s.admin("", "check", "--deep")
}

// TestImportIsServedAtOnce imports while clients install: what the command says it
// has taken is installed from the server right after it.
func TestImportIsServedAtOnce(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	c := newClient(t, s)
	folder := filepath.Dir(filepath.Dir(archive(t, tiny10)))
	if got := s.admin("", "import", folder, "--channel", "alice", "--label", "main", "--label", "nightly"); !strings.HasPrefix(got, "imported 6 files") {
		t.Fatalf("import says %q", got)
	}
	for _, channel := range []string{"/conda/alice", "/conda/alice/label/nightly"} {
		c.rattler("--channel", s.URL+channel, t.TempDir(), "tinyc", "gamma").has(t, "gamma-1!2.0-0.conda", "tiny-1.1-h1234567_1.tar.bz2", "tinyc-2.0-h0_0.conda")
	}
	s.addUser("bob")
	s.admin("", "import", filepath.Dir(distribution(t, leaf10)), "--channel", "bob")
	c.installs(s.URL+"/pypi/bob/simple", []string{"Rec_Pkg.main[fast]==1.0"}, "boost-0.1", "leaf-1.1", "rec_pkg_main-1.0.0")
}
