package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// process is a running server.
type process struct {
	address string // 127.0.0.1:port
	pid     int
	cmd     *exec.Cmd
	log     string
	ended   chan error
}

// How often a starting server is asked whether it answers, and for how long.
const (
	pollEvery = 2 * time.Millisecond
	startTime = 30 * time.Second
)

// launch starts cmd, which logs to a file in dir, and waits until it takes
// connections at address.
func launch(ctx context.Context, dir, address string, cmd *exec.Cmd) (*process, error) {
	p := &process{address: address, cmd: cmd, log: filepath.Join(dir, filepath.Base(cmd.Path)+".log"), ended: make(chan error, 1)}
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, log, log
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p.pid = cmd.Process.Pid
	go func() { p.ended <- cmd.Wait() }()
	if err := p.waitListening(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("start %s: %w\n%s", cmd, err, tail(p.log)), p.stop())
	}
	return p, nil
}

func (p *process) waitListening(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		if c, err := net.Dial("tcp", p.address); err == nil {
			return c.Close()
		}
		select {
		case err := <-p.ended:
			p.ended <- err
			return fmt.Errorf("it ended: %w", err)
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// stop ends the process and waits until it is gone.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	const patience = 30 * time.Second
	select {
	case <-p.ended:
		return nil
	case <-time.After(patience):
		return errors.Join(fmt.Errorf("%s does not end", p.cmd), p.cmd.Process.Kill())
	}
}

// cpu is the CPU that the process has used.
func (p *process) cpu() (time.Duration, error) { return cpuTime(p.pid) }

// freeAddress is a loopback address that nobody listens on.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// tail is the end of a log file, for an error.
func tail(path string) []byte {
	const longest = 2000
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return text[max(0, len(text)-longest):]
}
