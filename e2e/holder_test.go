package e2e

import (
	"bufio"
	"io"
	"os/exec"
	"path/filepath"
	"testing"
)

// holder is another process with a transaction on the server's database.
type holder struct {
	t  *testing.T
	to io.Writer
	// says gives what the process prints, line by line.
	says *bufio.Scanner
}

// holder starts a process that will change the summary of a package of alice.
func (s *server) holder(name string) *holder {
	s.t.Helper()
	script, err := filepath.Abs("testdata/hold.py")
	sure(s.t, err)
	cmd := exec.Command(venvProgram(s.t, "python"), script, filepath.Join(s.dir, "data", "vivarium.db"), "alice", name)
	cmd.Stderr, cmd.Env = s.log, plainEnv(s.dir)
	to, err := cmd.StdinPipe()
	sure(s.t, err)
	says, err := cmd.StdoutPipe()
	sure(s.t, err)
	sure(s.t, cmd.Start())
	s.t.Cleanup(func() {
		to.Close()
		if err := cmd.Wait(); err != nil {
			s.t.Errorf("the other process: %v", err)
		}
	})
	return &holder{s.t, to, bufio.NewScanner(says)}
}

// hold begins a transaction and writes the summary.
func (h *holder) hold(summary string) { h.tell(summary, "held") }

// commit ends it.
func (h *holder) commit() { h.tell("", "committed") }

func (h *holder) tell(line, want string) {
	h.t.Helper()
	if _, err := io.WriteString(h.to, line+"\n"); err != nil || !h.says.Scan() || h.says.Text() != want {
		h.t.Fatalf("the other process says %q after %q, want %q (%v)", h.says.Text(), line, want, err)
	}
}
