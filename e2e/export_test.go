package e2e

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestExportedChannel installs from a folder that "app admin export" wrote, served by
// Python's own web server: from shards, from the other indexes, and with pip and uv.
func TestExportedChannel(t *testing.T) {
	t.Parallel()
	s, c := stocked(t)
	token := s.addToken("alice", "ci", "conda")
	for _, name := range []string{tiny10, tinyc, tinyn, gamma} {
		if err := c.uploadTo("quetz", "alice", token, archive(t, name)); err != "" {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(t.TempDir(), "static")
	s.admin("", "export", "alice", dir)
	url := servedFolder(t, dir)
	c.rattler("--channel", url, t.TempDir(), "tinyc", "gamma").has(t, "gamma-1!2.0-0.conda", "tiny-1.0-0.tar.bz2", "tinyc-2.0-h0_0.conda")
	c.rattler("--channel", url, "--no-shards", t.TempDir(), "tinyn").has(t, "tinyn-0.1-0.conda")
	c.installs(url+"/simple/", []string{"Rec_Pkg.main[fast]==1.0"}, "boost-0.1", "leaf-1.1", "rec_pkg_main-1.0.0")
}

// servedFolder serves a folder by `python -m http.server` and returns the address.
func servedFolder(t *testing.T, dir string) string {
	t.Helper()
	host := freeAddress(t)
	_, port, err := net.SplitHostPort(host)
	sure(t, err)
	cmd := exec.Command(venvProgram(t, "python"), "-m", "http.server", port, "--bind", "127.0.0.1", "--directory", dir)
	cmd.Env = plainEnv(t.TempDir())
	sure(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(30 * time.Second); ; {
		if resp, err := http.Get("http://" + host + "/"); err == nil {
			resp.Body.Close()
			return "http://" + host
		}
		select {
		case <-deadline:
			t.Fatal("the folder is not served after 30 s")
		case <-tick.C:
		}
	}
}

// TestRoundTrip exports a channel, imports the folder into another, and exports that:
// the same files, the same records.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	s, c := stocked(t)
	s.addUser("bob")
	token := s.addToken("alice", "ci", "conda")
	for _, name := range []string{tiny10, tiny11, tinyc, gamma} {
		if err := c.uploadTo("artifactory", "alice", token, archive(t, name)); err != "" {
			t.Fatal(err)
		}
	}
	out, again := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "again")
	s.admin("", "export", "alice", out)
	s.admin("", "import", out, "--channel", "bob")
	s.admin("", "export", "bob", again)
	for _, dir := range []string{out, again} {
		web := httptest.NewServer(http.FileServer(http.Dir(dir)))
		defer web.Close()
		c.rattler("--channel", web.URL, t.TempDir(), "tinyc").has(t, "tiny-1.1-h1234567_1.tar.bz2", "tinyc-2.0-h0_0.conda")
	}
	if one, two := tree(t, out), tree(t, again); one != two {
		t.Errorf("the first folder holds\n%s\nthe second\n%s", one, two)
	}
}

// tree lists the package files below a folder with their sizes.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var all strings.Builder
	sure(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.Contains(path, "/shards/") && !strings.HasSuffix(path, ".json") && !strings.HasSuffix(path, ".zst") {
			info, _ := d.Info()
			rel, _ := filepath.Rel(dir, path)
			all.WriteString(rel + " " + info.Mode().String() + "\n")
		}
		return err
	}))
	return all.String()
}
