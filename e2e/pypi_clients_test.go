package e2e

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

var builtPython struct {
	sync.Once
	dir string
}

// distribution is the path of a wheel or sdist that testdata/buildpython.py makes,
// built on first use. Names without a folder are in dist.
func distribution(t *testing.T, name string) string {
	t.Helper()
	python := venvProgram(t, "python")
	venvProgram(t, "twine") // an environment of before twine and hatchling is none
	builtPython.Do(func() {
		builtPython.dir = filepath.Join(scratch, "distributions")
		script, _ := filepath.Abs("testdata/buildpython.py")
		execute(t, scratch, plainEnv(scratch), "", python, script, builtPython.dir).ok(t)
	})
	if !strings.Contains(name, "/") {
		name = "dist/" + name
	}
	path := filepath.Join(builtPython.dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// distributions are all that testdata/buildpython.py makes whose name has prefix.
func distributions(t *testing.T, prefix string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(filepath.Dir(distribution(t, leaf10)), prefix+"*"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no distributions %s*: %v", prefix, err)
	}
	return found
}

// Distributions that many tests use.
const (
	leaf10    = "leaf-1.0-py3-none-any.whl"
	leaf11    = "leaf-1.1-py3-none-any.whl"
	tinyWheel = "tiny_wheel-0.3-py3-none-any.whl"
	tinySdist = "tiny_wheel-0.3.tar.gz"
)

// quiet keeps clients from asking questions, from reading the settings of this
// machine, and from keeping anything outside the test's home.
var quiet = []string{
	"PIP_CONFIG_FILE=/dev/null", "PIP_NO_INPUT=1", "PIP_DISABLE_PIP_VERSION_CHECK=1", "PIP_NO_COLOR=1", "UV_NO_PROGRESS=1", "UV_PYTHON_DOWNLOADS=never",
	"PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring", "TWINE_NON_INTERACTIVE=1", "COLUMNS=400", "NO_COLOR=1", "TERM=dumb",
}

// tool runs one of the clients' programs with nothing on its standard input.
func (c *client) tool(name string, args ...string) outcome {
	c.t.Helper()
	return execute(c.t, c.Home, plainEnv(c.Home, slices.Concat(quiet, c.env)...), "", venvProgram(c.t, name), args...)
}

// flat is the outcome on one line each: some clients break lines to the width of
// a terminal.
func (o outcome) flat() outcome {
	o.stdout, o.stderr = strings.Join(strings.Fields(o.stdout), " "), strings.Join(strings.Fields(o.stderr), " ")
	return o
}

// with is the same person with more in the environment.
func (c *client) with(env ...string) *client {
	other := *c
	other.env = slices.Concat(c.env, env)
	return &other
}

// netrc is a person at another machine who has a credential for the server in the
// file where pip and uv look.
func (c *client) netrc(login, secret string) *client {
	c.t.Helper()
	other := newClient(c.t, c.s)
	host, _, _ := strings.Cut(c.s.host, ":")
	name := filepath.Join(other.Home, ".netrc")
	if err := os.WriteFile(name, []byte("machine "+host+" login "+login+" password "+secret+"\n"), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return other.with("NETRC=" + name)
}

// pip installs into a fresh folder from one index alone and returns the names of
// what it installed; the second result is the whole outcome.
func (c *client) pip(index string, args ...string) ([]string, outcome) {
	c.t.Helper()
	return c.install(index, args, "pip", "install", "--no-compile", "--no-cache-dir")
}

// uv is pip with uv, and a fresh cache.
func (c *client) uv(index string, args ...string) ([]string, outcome) {
	c.t.Helper()
	return c.install(index, args, "uv", "pip", "install", "--python", venvProgram(c.t, "python"), "--cache-dir", c.t.TempDir())
}

func (c *client) install(index string, args []string, program string, command ...string) ([]string, outcome) {
	c.t.Helper()
	target := c.t.TempDir()
	o := c.tool(program, slices.Concat(command, []string{"--index-url", index, "--target", target}, args)...)
	found, err := filepath.Glob(filepath.Join(target, "*.dist-info"))
	if err != nil {
		c.t.Fatal(err)
	}
	names := []string{}
	for _, f := range found {
		names = append(names, strings.TrimSuffix(filepath.Base(f), ".dist-info"))
	}
	return names, o
}

// installs fails the test unless both pip and uv install exactly names.
func (c *client) installs(index string, args []string, names ...string) {
	c.t.Helper()
	slices.Sort(names)
	for program, run := range map[string]func(string, ...string) ([]string, outcome){"pip": c.pip, "uv": c.uv} {
		got, o := run(index, args...)
		if o.status != 0 || !slices.Equal(got, names) {
			c.t.Errorf("%s installs %q, want %q\n%s\nexit status %d\n%s", program, got, names, o.command, o.status, o.both())
		}
	}
}

// withUser is an address with a user name and password in it.
func withUser(address, user, secret string) string {
	u, _ := url.Parse(address)
	u.User = url.UserPassword(user, secret)
	return u.String()
}

// project is a page of a simple index in JSON.
type project struct {
	Name     string
	Versions []string
	Files    []struct {
		Filename, URL string
		Hashes        map[string]string
		Size          int64
		CoreMetadata  any    `json:"core-metadata"`
		UploadTime    string `json:"upload-time"`
	}
}

// names are those of the project's files.
func (p project) names() []string {
	names := []string{}
	for _, f := range p.Files {
		names = append(names, f.Filename)
	}
	return names
}

const simpleJSON = "application/vnd.pypi.simple.v1+json"

// project reads a project's page; it has no files when there is none.
func (s *server) project(path string, headers ...string) project {
	s.t.Helper()
	var p project
	a := s.ask("GET", path, append(headers, "Accept", simpleJSON)...)
	if a.status == 404 {
		return p
	}
	a.is(s.t, 200)
	if err := json.Unmarshal(a.body, &p); err != nil {
		s.t.Fatalf("%s: %v\n%s", path, err, a.body)
	}
	return p
}

// lists fails the test unless a project has exactly files.
func (s *server) lists(path string, files ...string) {
	s.t.Helper()
	if got := s.project(path).names(); !slices.Equal(got, files) {
		s.t.Errorf("%s lists %q, want %q", path, got, files)
	}
}
