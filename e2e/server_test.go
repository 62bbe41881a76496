package e2e

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// password is that of every user the tests make.
const password = "wonderland"

// server is a running program with a data folder of its own.
type server struct {
	t     *testing.T
	URL   string // http://127.0.0.1:port
	API   string // URL with /api
	host  string
	dir   string // where it was started; the data is in data below it
	log   *buffer
	cmd   *exec.Cmd
	ended chan error
	once  sync.Once
}

// startServer starts the program on an empty folder and waits until it is ready.
// When the test ends it is asked to stop, and must do so without having logged a
// panic or a secret.
func startServer(t *testing.T) *server {
	t.Helper()
	return startServerOn(t, t.TempDir(), nil)
}

// startServerOn is startServer on a folder that may have data, with settings in
// the environment.
func startServerOn(t *testing.T, dir string, settings []string) *server {
	t.Helper()
	return startServerUnder(t, nil, dir, settings)
}

// startServerUnder is startServerOn for a program that another one runs, such as a
// tracer. It must become the server's own process.
func startServerUnder(t *testing.T, runner []string, dir string, settings []string) *server {
	t.Helper()
	s := &server{t: t, host: freeAddress(t), dir: dir, log: &buffer{}, ended: make(chan error, 1)}
	s.URL, s.API = "http://"+s.host, "http://"+s.host+"/api"
	command := append(slices.Clone(runner), program, "serve", "--listen", s.host)
	s.cmd = exec.Command(command[0], command[1:]...)
	s.cmd.Dir, s.cmd.Env, s.cmd.Stderr, s.cmd.Stdout = s.dir, plainEnv(s.dir, settings...), s.log, s.log
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { s.ended <- s.cmd.Wait() }()
	t.Cleanup(func() { s.stop() })
	s.waitReady()
	return s
}

// waitReady polls until the server says that it is ready.
func (s *server) waitReady() {
	s.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(30 * time.Second)
	for !isReady(s.URL) {
		select {
		case err := <-s.ended:
			s.ended <- err
			s.t.Fatalf("app serve ended: %v\n%s", err, s.log)
		case <-deadline:
			s.t.Fatalf("app serve is not ready after 30 s\n%s", s.log)
		case <-tick.C:
		}
	}
}

// isReady reports whether a server answers at url and takes requests.
func isReady(url string) bool {
	resp, err := http.Get(url + "/health/ready")
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

var secretPattern = regexp.MustCompile(`viv-[A-Za-z0-9]{12,}`)

// stop ends the server, looks at what it logged, and returns its folder.
func (s *server) stop() string {
	s.once.Do(func() {
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		select {
		case err := <-s.ended:
			if err != nil {
				s.t.Errorf("app serve ended with %v", err)
			}
		case <-time.After(20 * time.Second):
			_ = s.cmd.Process.Kill()
			s.t.Errorf("app serve was still running 20 s after SIGTERM")
		}
		s.readLog()
	})
	return s.dir
}

// readLog fails the test if the server logged a panic or a secret, and shows the
// log of a test that failed.
func (s *server) readLog() {
	log := s.log.String()
	if strings.Contains(log, "panic") {
		s.t.Errorf("app serve panicked")
	}
	if secretPattern.MatchString(log) || strings.Contains(log, password) {
		s.t.Errorf("app serve logged a secret")
	}
	if s.t.Failed() {
		s.t.Logf("app serve logged:\n%s", log)
	}
}

// admin runs an admin command beside the running server and returns what it
// printed on stdout.
func (s *server) admin(stdin string, args ...string) string {
	s.t.Helper()
	return strings.TrimSpace(s.tryAdmin(stdin, args...).ok(s.t).stdout)
}

// tryAdmin is admin for commands that may be refused.
func (s *server) tryAdmin(stdin string, args ...string) outcome {
	s.t.Helper()
	return execute(s.t, s.dir, plainEnv(s.dir), stdin, program, append([]string{"admin"}, args...)...)
}

// addUser makes a user with the tests' password.
func (s *server) addUser(login string) {
	s.t.Helper()
	s.admin(password, "create-user", login, "--email", login+"@example.test", "--password-stdin")
}

// addToken makes a token of a user and returns the secret.
func (s *server) addToken(login, name, scopes string) string {
	s.t.Helper()
	return s.admin("", "create-token", login, "--name", name, "--scopes", scopes)
}

// freeAddress is a loopback address that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// plainEnv is the environment of everything the tests start: a home of its own,
// and nothing of who runs the tests.
func plainEnv(home string, more ...string) []string {
	venv, _ := filepath.Abs("../.tools/venv/bin")
	env := []string{"HOME=" + home, "PATH=" + venv + ":" + os.Getenv("PATH"), "LANG=C.UTF-8", "TMPDIR=" + home, "NO_PROXY=127.0.0.1"}
	return append(env, more...)
}
