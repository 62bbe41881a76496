package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// The packages that testdata/build.py makes.
const (
	tiny10  = "noarch/tiny-1.0-0.tar.bz2"
	tiny11  = "linux-64/tiny-1.1-h1234567_1.tar.bz2"
	tinyc   = "linux-64/tinyc-2.0-h0_0.conda" // needs tiny
	tinyn   = "noarch/tinyn-0.1-0.conda"
	tinydev = "noarch/tinydev-0.9-0.conda"
	gamma   = "noarch/gamma-1!2.0-0.conda"
)

// venvProgram is the path of a program in the clients' virtual environment.
func venvProgram(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("../.tools/venv/bin", name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		lacks(t, "the clients' virtual environment")
	}
	return path
}

var built struct {
	sync.Once
	dir string
}

// archive is the path of one of the packages above, built on first use.
func archive(t *testing.T, name string) string {
	t.Helper()
	python := venvProgram(t, "python")
	built.Do(func() {
		built.dir = filepath.Join(scratch, "packages")
		script, _ := filepath.Abs("testdata/build.py")
		execute(t, scratch, plainEnv(scratch), "", python, script, built.dir).ok(t)
	})
	path := filepath.Join(built.dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// client is a person at another machine: a home folder of its own, with
// anaconda-client pointed at the server.
type client struct {
	t    *testing.T
	s    *server
	Home string
	env  []string // beside plainEnv's
	// program is the anaconda-client that it has.
	program string
}

// newClient makes a client that has not logged in.
func newClient(t *testing.T, s *server) *client {
	t.Helper()
	c := &client{t: t, s: s, Home: t.TempDir(), program: venvProgram(t, "anaconda")}
	config := filepath.Join(c.Home, ".continuum/anaconda-client/config.yaml")
	if err := os.MkdirAll(filepath.Dir(config), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(config, []byte("url: "+s.API+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return c
}

// newOldClient makes a client with anaconda-client 1.13.0, the last that uploads
// environments.
func newOldClient(t *testing.T, s *server) *client {
	t.Helper()
	c := newClient(t, s)
	var err error
	if c.program, err = filepath.Abs("../.tools/venv-anaconda-1.13/bin/anaconda"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(c.program); err != nil {
		lacks(t, "anaconda-client 1.13.0")
	}
	return c
}

// anacondaEnv chooses the front end that needs no terminal, and no telemetry.
var anacondaEnv = []string{
	"ANACONDA_CLIENT_FORCE_STANDALONE=1",
	"ANACONDA_CLIENT_LEGACY_INTERACTIVE_LOGIN=1",
	"OTEL_SDK_DISABLED=true",
	"ANACONDA_TELEMETRY_ENABLED=false",
}

// anaconda runs anaconda-client with nothing on its standard input.
func (c *client) anaconda(args ...string) outcome {
	c.t.Helper()
	return c.anacondaStdin("", args...)
}

// anacondaStdin runs anaconda-client with answers for its prompts.
func (c *client) anacondaStdin(stdin string, args ...string) outcome {
	c.t.Helper()
	return execute(c.t, c.Home, plainEnv(c.Home, anacondaEnv...), stdin, c.program, args...)
}

// login logs a user in.
func (c *client) login(user string) {
	c.t.Helper()
	c.anaconda("login", "--username", user, "--password", password).ok(c.t).says(c.t, "login successful")
}

// uploadAs uploads packages for a new client with a token.
func (s *server) uploadAs(token string, args ...string) outcome {
	s.t.Helper()
	c := newClient(s.t, s)
	for i, a := range args {
		if strings.Contains(a, "/") {
			args[i] = archive(s.t, a)
		}
	}
	return c.anaconda(append([]string{"-t", token, "upload"}, args...)...)
}

// solved is what testdata/install.py prints.
type solved struct {
	Files []string
	URLs  []string
	Error string
}

// has fails the test unless exactly files were installed.
func (a solved) has(t *testing.T, files ...string) solved {
	t.Helper()
	slices.Sort(files)
	if a.Error != "" || !slices.Equal(a.Files, files) {
		t.Fatalf("got files %q and error %q, want files %q", a.Files, a.Error, files)
	}
	return a
}

// fails fails the test unless the client gave up with an error that says words.
func (a solved) fails(t *testing.T, words string) {
	t.Helper()
	if !strings.Contains(a.Error, words) {
		t.Fatalf("got files %q and error %q, want an error with %q", a.Files, a.Error, words)
	}
}

// rattler solves and installs into a fresh environment with fresh caches.
func (c *client) rattler(args ...string) solved {
	c.t.Helper()
	var a solved
	c.script(&a, "install.py", args...)
	return a
}

// rattlerBuildUpload uploads with rattler-build and returns its error text.
func (c *client) rattlerBuildUpload(args ...string) string {
	c.t.Helper()
	var a struct{ Error string }
	c.script(&a, "upload.py", args...)
	return a.Error
}

// script runs one of testdata's Python scripts and reads the JSON it prints last.
func (c *client) script(into any, name string, args ...string) {
	c.t.Helper()
	path, err := filepath.Abs(filepath.Join("testdata", name))
	if err != nil {
		c.t.Fatal(err)
	}
	out := execute(c.t, c.Home, plainEnv(c.Home, c.env...), "", venvProgram(c.t, "python"), append([]string{path}, args...)...)
	lines := strings.Split(strings.TrimSpace(out.stdout), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), into); err != nil {
		c.t.Fatalf("%s: %v\nstdout: %s\nstderr: %s", out.command, err, out.stdout, out.stderr)
	}
}
