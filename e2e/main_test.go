package e2e

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// program is the path of the program under test, scratch a folder for what the
// tests share.
var program, scratch string

func TestMain(m *testing.M) { os.Exit(runTests(m)) }

func runTests(m *testing.M) int {
	var err error
	if scratch, err = os.MkdirTemp("", "vivarium-e2e-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(scratch)
	program = filepath.Join(scratch, "app")
	build := exec.Command("go", "build", "-o", program, "./app")
	build.Dir, build.Env = "..", append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build ./app: %v\n%s", err, out)
		return 1
	}
	code := m.Run()
	if err := checkClients(flag.Lookup("test.run").Value.String() == ""); code == 0 && err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

// lacks skips the test because what it needs is not on this machine. With CI=true
// a missing part is a failure.
func lacks(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing: run make test, which installs it", what)
	}
	t.Skipf("skipped: %s is missing (make test installs it)", what)
}
