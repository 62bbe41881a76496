package main

import (
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"app": main}) }

// TestScripts runs the program as its users do. A script knows these commands
// besides testscript's own:
//
//	exits STATUS PROGRAM ARGS…   run, and require this exit status
//	ready                        wait until the server on $ADDR is ready
//	get STATUS PATH [FILE]       ask the server on $ADDR, with the token in FILE; the
//	                             answer is kept in the file body
//	send STATUS METHOD PATH FILE [BODY]   the same with another method
func TestScripts(t *testing.T) {
	t.Parallel()
	commands := packageCommands(t)
	maps.Copy(commands, map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "ready": ready, "get": get, "send": send})
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE") != "",
		Setup: func(env *testscript.Env) error {
			address, err := freeAddress()
			env.Setenv("ADDR", address)
			return err
		},
		Cmds: commands,
	})
}

// freeAddress returns a loopback address that nobody listens on.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		got = ended.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%v: exit status %d, want %d", args[1:], got, want)
	}
}

func ready(ts *testscript.TestScript, _ bool, _ []string) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); <-tick.C {
		answer, err := http.Get("http://" + ts.Getenv("ADDR") + "/health/ready")
		if err != nil {
			continue
		}
		_ = answer.Body.Close()
		if answer.StatusCode == http.StatusOK {
			return
		}
	}
	ts.Fatalf("the server is not ready")
}

func get(ts *testscript.TestScript, _ bool, args []string) {
	ask(ts, args[0], http.MethodGet, args[1], args[2:], "")
}

func send(ts *testscript.TestScript, _ bool, args []string) {
	ask(ts, args[0], args[1], args[2], args[3:4], strings.Join(args[4:], ""))
}

func ask(ts *testscript.TestScript, want, method, path string, token []string, content string) {
	request, err := http.NewRequest(method, "http://"+ts.Getenv("ADDR")+path, strings.NewReader(content))
	ts.Check(err)
	if len(token) > 0 {
		request.Header.Set("Authorization", "token "+strings.TrimSpace(ts.ReadFile(token[0])))
	}
	answer, err := http.DefaultClient.Do(request)
	ts.Check(err)
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("body"), body, 0o600))
	if strconv.Itoa(answer.StatusCode) != want {
		ts.Fatalf("%s %s = %s, want %s\n%s", method, path, answer.Status, want, body)
	}
}
