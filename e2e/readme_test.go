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
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	host := freeAddress(t)
	local := strings.NewReplacer("localhost:8080", host)
	var blocks []string
	for _, m := range shellBlock.FindAllStringSubmatch(string(text), -1) {
		blocks = append(blocks, local.Replace(m[1]))
	}
	if len(blocks) < 5 || !strings.HasSuffix(blocks[0], "serve\n") {
		t.Fatalf("README.md has %d sh blocks, want several, the first of which serves", len(blocks))
	}

	clone := copyTree(t)
	env := plainEnv(t.TempDir(), "VIVARIUM_LISTEN="+host, "CGO_ENABLED=0", "OTEL_SDK_DISABLED=true", "ANACONDA_TELEMETRY_ENABLED=false", goEnv(t, "GOCACHE"), goEnv(t, "GOMODCACHE"), goEnv(t, "GOPROXY"), goEnv(t, "GOFLAGS"))
	log := background(t, clone, env, blocks[0])
	waitListening(t, host, log)
	out := execute(t, clone, env, "", "bash", "-euo", "pipefail", "-c", strings.Join(blocks[1:], "\n")).ok(t)
	out.says(t, "login successful", "Upload complete", "Hello", "private")
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
