package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRattlerBuildUpload uploads as `rattler-build upload anaconda` does: anew, as
// a duplicate, and by force.
func TestRattlerBuildUpload(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	token := s.addToken("alice", "ci", "api:write")
	c := newClient(t, s)
	args := func(more ...string) []string {
		return append([]string{"--url", s.API, "--owner", "alice", "--token", token}, more...)
	}

	for _, name := range []string{tinyn, tiny10, gamma} {
		if err := c.rattlerBuildUpload(args("--label", "main", "--label", "dev", archive(t, name))...); err != "" {
			t.Fatalf("upload %s: %s", name, err)
		}
	}
	all := []string{"gamma-1!2.0-0.conda", "tiny-1.0-0.tar.bz2", "tinyn-0.1-0.conda"}
	wantFiles(t, s, "/conda/alice/noarch", all...)
	wantFiles(t, s, "/conda/alice/label/dev/noarch", all...)
	c.rattler("--channel", s.URL+"/conda/alice/label/dev", t.TempDir(), "tinyn", "gamma").has(t, "gamma-1!2.0-0.conda", "tinyn-0.1-0.conda")

	if err := c.rattlerBuildUpload(args(archive(t, tinyn))...); !strings.Contains(err, "already exists") && !strings.Contains(err, "409") {
		t.Fatalf("a second upload says %q, want that the file exists", err)
	}
	before := readRepodata(t, s, "/conda/alice/noarch").PackagesConda["tinyn-0.1-0.conda"]
	if err := c.rattlerBuildUpload(args("--force", c.rebuilt(tinyn))...); err != "" {
		t.Fatalf("upload by force: %s", err)
	}
	after := readRepodata(t, s, "/conda/alice/noarch").PackagesConda["tinyn-0.1-0.conda"]
	if before.SHA256 == after.SHA256 {
		t.Fatalf("after an upload by force the index still lists %s", after.SHA256)
	}
	c.rattler("--channel", s.URL+"/conda/alice", t.TempDir(), "tinyn").has(t, "tinyn-0.1-0.conda")
}

// TestRattlerBuildRefused ends at once with the server's sentence when it may not
// upload, and leaves nothing behind.
func TestRattlerBuildRefused(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.addUser("alice")
	s.addUser("bob")
	s.uploadAs(s.addToken("alice", "ci", "all"), tinyn).ok(t)
	c := newClient(t, s)
	for what, token := range map[string]string{
		"a stranger":          s.addToken("bob", "ci", "all"),
		"a token for reading": s.addToken("alice", "read", "api:read"),
		"a token for conda":   s.addToken("alice", "conda", "conda"),
	} {
		for _, name := range []string{tinyn, gamma} {
			err := c.rattlerBuildUpload("--url", s.API, "--owner", "alice", "--token", token, "--force", archive(t, name))
			if err == "" {
				t.Errorf("upload of %s by %s is not refused", name, what)
			}
		}
	}
	if err := c.rattlerBuildUpload("--url", s.API, "--owner", "alice", "--token", "viv-nonsense", archive(t, gamma)); !strings.Contains(err, "401") {
		t.Errorf("upload with an unknown token says %q, want 401", err)
	}
	wantFiles(t, s, "/conda/alice/noarch", "tinyn-0.1-0.conda")
	// What the client prints does not name the status; the log does.
	log := s.log.String()
	if n := strings.Count(log, "status=403"); n != 6 {
		t.Errorf("the server refused %d requests with 403, want one of each of the six uploads", n)
	}
	if n := strings.Count(log, "/api/"); n > 60 {
		t.Errorf("the uploads made %d requests, want few: a client must not spin", n)
	}
}

// rebuilt is the path of another build of a package, with the same name and other
// bytes.
func (c *client) rebuilt(name string) string {
	c.t.Helper()
	out := filepath.Join(c.Home, "rebuilt")
	script, err := filepath.Abs("testdata/build.py")
	if err != nil {
		c.t.Fatal(err)
	}
	execute(c.t, c.Home, plainEnv(c.Home, "SALT=again"), "", venvProgram(c.t, "python"), script, out).ok(c.t)
	path := filepath.Join(out, name)
	if _, err := os.Stat(path); err != nil {
		c.t.Fatal(err)
	}
	return path
}
