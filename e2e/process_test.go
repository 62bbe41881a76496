package e2e

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// outcome is what a finished command printed and its exit status.
type outcome struct {
	command        string
	stdout, stderr string
	status         int
}

// both is everything that the command printed.
func (o outcome) both() string { return o.stdout + o.stderr }

// ok fails the test unless the command ended with status 0.
func (o outcome) ok(t *testing.T) outcome {
	t.Helper()
	return o.exits(t, 0)
}

// exits fails the test unless the command ended with the given status.
func (o outcome) exits(t *testing.T, status int) outcome {
	t.Helper()
	if o.status != status {
		t.Fatalf("%s\nexit status %d, want %d\nstdout: %s\nstderr: %s", o.command, o.status, status, o.stdout, o.stderr)
	}
	return o
}

// says fails the test unless each of words was printed.
func (o outcome) says(t *testing.T, words ...string) outcome {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(o.both(), w) {
			t.Fatalf("%s\ndoes not say %q\nexit status %d\nstdout: %s\nstderr: %s", o.command, w, o.status, o.stdout, o.stderr)
		}
	}
	return o
}

// lacks fails the test if one of words was printed.
func (o outcome) lacks(t *testing.T, words ...string) outcome {
	t.Helper()
	for _, w := range words {
		if strings.Contains(o.both(), w) {
			t.Fatalf("%s\nsays %q\nstdout: %s\nstderr: %s", o.command, w, o.stdout, o.stderr)
		}
	}
	return o
}

// execute runs a command to its end, at most two minutes, in a session of its
// own: it has no terminal, so that a password prompt reads stdin.
func execute(t *testing.T, dir string, env []string, stdin string, name string, args ...string) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = dir, env, strings.NewReader(stdin), &stdout, &stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s: %v", cmd, err)
	}
	o := outcome{command: cmd.String(), stdout: stdout.String(), stderr: stderr.String(), status: cmd.ProcessState.ExitCode()}
	proveCommand(t, o, name, args)
	return o
}

// buffer collects the output of a running process.
type buffer struct {
	mu    sync.Mutex
	bytes bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes.String()
}
