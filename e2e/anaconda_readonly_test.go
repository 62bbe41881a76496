package e2e

import "testing"

// TestAnacondaReadOnly: on a site that takes no changes the client warns at every
// command, reads on, and is told why an upload is refused (row 59).
func TestAnacondaReadOnly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open := startServerOn(t, dir, nil)
	open.addUser("alice")
	token := open.addToken("alice", "ci", "all")
	open.uploadAs(token, tiny10).ok(t)
	open.stop()

	s := startServerOn(t, dir, []string{"VIVARIUM_READ_ONLY=true"})
	c := newClient(t, s)
	for _, command := range [][]string{{"whoami"}, {"show", "alice/tiny"}, {"search", "tiny"}} {
		c.anaconda(append([]string{"-t", token}, command...)...).ok(t).says(t, "READ ONLY mode", "alice")
	}
	c.anaconda("-t", token, "upload", archive(t, tiny11)).exits(t, 1).says(t, "READ ONLY mode", "takes no changes", "503")
	wantFiles(t, s, "/conda/alice/linux-64")
	wantFiles(t, s, "/conda/alice/noarch", "tiny-1.0-0.tar.bz2")
}
