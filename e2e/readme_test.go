package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

var shellBlock = regexp.MustCompile("(?ms)^```sh\n(.*?)^```$")

// TestREADME runs the shell commands of README.md in a copy of the tree, in
// order: the first starts the server, the others follow in one shell.
func TestREADME(t *testing.T) {
	t.Parallel()
	venvProgram(t, "anaconda")
	if _, err := exec.LookPath("curl"); err != nil {
		lacks(t, "curl")
	}
	host := freeAddress(t)
	blocks := readmeBlocks(t, host)
	clone := copyTree(t)
	env := plainEnv(t.TempDir(), "VIVARIUM_LISTEN="+host, "CGO_ENABLED=0", "OTEL_SDK_DISABLED=true", "ANACONDA_TELEMETRY_ENABLED=false", goEnv(t, "GOCACHE"), goEnv(t, "GOMODCACHE"), goEnv(t, "GOPROXY"), goEnv(t, "GOFLAGS"))
	log := background(t, clone, env, blocks[0])
	waitListening(t, host, log)
	out := execute(t, clone, env, "", "bash", "-euo", "pipefail", "-c", strings.Join(blocks[1:], "\n")).ok(t)
	out.says(t, "login successful", "Upload complete", "Hello", "private", "Hello from a wheel")
	for _, env := range []string{"private-env", "other-env"} {
		if _, err := os.Stat(filepath.Join(clone, env, "share/hello.txt")); err != nil {
			t.Error(err)
		}
	}
	printed := regexp.MustCompile(`(?m)^go run ./app admin create-user .*$`).FindString(log.String())
	if printed == "" {
		t.Fatalf("the first start does not say how to make an administrator:\n%s", log)
	}
	execute(t, clone, env, "", "bash", "-c", printed).ok(t)
}

// readmeBlocks returns the shell commands of README.md, with the address of a
// server for the tests.
func readmeBlocks(t *testing.T, host string) []string {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for _, m := range shellBlock.FindAllStringSubmatch(string(text), -1) {
		blocks = append(blocks, strings.ReplaceAll(m[1], "localhost:8080", host))
	}
	if len(blocks) < 5 || !strings.HasSuffix(blocks[0], "serve\n") {
		t.Fatalf("README.md has %d sh blocks, want several, the first of which serves", len(blocks))
	}
	return blocks
}

// TestNewcomerClock does what README says up to the first package installed, with
// the program already built and the clients there, and prints how long it took
// and how many commands it was. `make clock` shows it.
func TestNewcomerClock(t *testing.T) {
	venvProgram(t, "anaconda")
	host, folder := freeAddress(t), t.TempDir()
	env := plainEnv(folder, "VIVARIUM_LISTEN="+host, "OTEL_SDK_DISABLED=true", "ANACONDA_TELEMETRY_ENABLED=false")
	var script []string
	for _, block := range readmeBlocks(t, host) {
		script = append(script, strings.ReplaceAll(block, "go run ./app", program))
		if strings.Contains(block, "install.py http") {
			break
		}
	}
	start := time.Now()
	waitListening(t, host, background(t, folder, env, script[0]))
	execute(t, folder, env, "", "bash", "-euo", "pipefail", "-c", strings.Join(script[1:], "\n")).ok(t).says(t, "Hello")
	t.Logf("newcomer clock: %.1f s and %d commands from the built program to the first package installed",
		time.Since(start).Seconds(), countCommands(strings.Join(script, "\n")))
}

// countCommands counts the commands of a script; what is fed to one does not
// count, nor do the lines that go on with it.
func countCommands(script string) int {
	feed := regexp.MustCompile(`(?s)<<'EOT'\n.*?\nEOT\n`)
	n := 0
	goesOn := false
	for line := range strings.Lines(feed.ReplaceAllString(script, "\n")) {
		if !goesOn && strings.TrimSpace(line) != "" {
			n++
		}
		goesOn = strings.HasSuffix(strings.TrimSpace(line), "\\")
	}
	return n
}

// copyTree copies the files that git knows, or would, into a new folder.
func copyTree(t *testing.T) string {
	t.Helper()
	to := t.TempDir()
	copyAll := exec.Command("bash", "-euo", "pipefail", "-c",
		`git -c core.quotepath=off ls-files -co --exclude-standard | while read -r f; do [ ! -e "$f" ] || echo "$f"; done | tar -cf - -T - | tar -xf - -C "$1"`, "copy", to)
	copyAll.Dir = ".."
	if out, err := copyAll.CombinedOutput(); err != nil {
		t.Fatalf("copy the tree: %v\n%s", err, out)
	}
	return to
}

// goEnv is a variable of the Go command as the test itself has it, so that the
// copy builds from the same caches.
func goEnv(t *testing.T, name string) string {
	t.Helper()
	value, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return name + "=" + strings.TrimSpace(string(value))
}

// background runs a shell command until the test ends, and everything that it
// started.
func background(t *testing.T, dir string, env []string, command string) *buffer {
	t.Helper()
	log := &buffer{}
	cmd := exec.Command("bash", "-c", command)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, env, log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
		_ = cmd.Wait()
	})
	return log
}

// waitListening polls until the server at host is ready. The time is for compiling
// it.
func waitListening(t *testing.T, host string, log *buffer) {
	t.Helper()
	deadline := time.Now().Add(5 * time.Minute)
	for tick := time.Tick(100 * time.Millisecond); !isReady("http://" + host); <-tick {
		if time.Now().After(deadline) {
			t.Fatalf("the server is not ready after 5 minutes\n%s", log)
		}
	}
}
