package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// program is the built program and the folder to work in.
type program struct {
	path, dir string
}

// buildProgram builds the program as `make build` does.
func buildProgram(ctx context.Context, dir string) (program, error) {
	p := program{filepath.Join(dir, "app"), dir}
	root, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return p, fmt.Errorf("find the module: %w", err)
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", p.path, "./app")
	cmd.Dir, cmd.Env = strings.TrimSpace(string(root)), append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return p, fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return p, nil
}

// serve starts the server on the data folder data, with the settings of an
// operator who changed nothing but the rate limit, which is too high to be met.
func (p program) serve(ctx context.Context, data string) (*process, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(p.path, "serve", "--listen", address, "--data-dir", data)
	cmd.Env = append(p.env(), "VIVARIUM_LIMITS_REQUESTS_PER_MINUTE=10000000")
	return launch(ctx, p.dir, address, cmd)
}

// admin runs an admin command on the data folder data and returns what it printed.
func (p program) admin(ctx context.Context, data string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, p.path, append([]string{"admin", "--data-dir", data}, args...)...)
	var said bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stderr = p.dir, p.env(), &said
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("app admin %s: %w: %s", args[0], err, said.Bytes())
	}
	return strings.TrimSpace(string(out)), nil
}

// env holds nothing of who runs the benchmark, and no setting of the server.
func (p program) env() []string { return []string{"HOME=" + p.dir, "PATH=" + os.Getenv("PATH")} }
