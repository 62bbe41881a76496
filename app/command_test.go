package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

func TestEveryCommandHasHelp(t *testing.T) {
	t.Parallel()
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		if cmd.Name() == "help" {
			return
		}
		if cmd.Short == "" || len(cmd.Short) > 100 || len(cmd.Long) < 20 || strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("%s: short help %q, long help %q", cmd.CommandPath(), cmd.Short, cmd.Long)
		}
		for line := range strings.Lines(cmd.Long) {
			if len(line) > 100 {
				t.Errorf("%s: a line of the help is too long: %s", cmd.CommandPath(), line)
			}
		}
		for _, below := range cmd.Commands() {
			look(below)
		}
	}
	look(newRoot())
}

func TestErrorsAreOneLine(t *testing.T) {
	t.Parallel()
	err := &failure{doing: "trying", err: errors.Join(errors.New("this"), errors.New(" and that\r")), status: statusRefused}
	if got := oneLine(err.Error()); got != "trying: this and that" {
		t.Errorf("oneLine = %q", got)
	}
}

func TestChosenPasswords(t *testing.T) {
	t.Parallel()
	first, second := choosePassword(7), choosePassword(100)
	if len(first) < 20 || len(second) < 100 || strings.HasPrefix(second, first) {
		t.Errorf("chose %q and %q", first, second)
	}
}

func TestPasswordFromStdin(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"secret": "secret", "secret\n": "secret", "secret\r\n": "secret", " secret \n\n": " secret \n"} {
		if got, err := passwordFrom(strings.NewReader(in)); err != nil || got != want {
			t.Errorf("passwordFrom(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "\n", "\r\n"} {
		if got, err := passwordFrom(strings.NewReader(in)); err == nil {
			t.Errorf("passwordFrom(%q) = %q, want an error", in, got)
		}
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first, err := lockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lockFolder(dir); !errors.Is(err, errServed) || !strings.Contains(err.Error(), dir) {
		t.Errorf("the second lock: %v", err)
	}
	first.release()
	again, err := lockFolder(dir)
	if err != nil {
		t.Fatalf("after the first was released: %v", err)
	}
	again.release()
	if _, err := lockFolder(filepath.Join(dir, "missing")); err == nil {
		t.Error("a folder that is not there was locked")
	}
}

func TestCheckHealth(t *testing.T) {
	t.Parallel()
	status := http.StatusOK
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte("The disk is full.\n"))
	})
	plain, secure := httptest.NewServer(h), httptest.NewTLSServer(h)
	defer plain.Close()
	defer secure.Close()
	for _, server := range []*httptest.Server{plain, secure} {
		if err := checkHealth(t.Context(), server.URL); err != nil {
			t.Errorf("%s: %v", server.URL, err)
		}
	}
	status = http.StatusServiceUnavailable
	if err := checkHealth(t.Context(), plain.URL); err == nil || err.Error() != "503 Service Unavailable: The disk is full." {
		t.Errorf("not ready: %v", err)
	}
	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	if err := checkHealth(late, plain.URL); err == nil {
		t.Error("a check that took too long is no failure")
	}
}

func TestPrintList(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := printList(&out, true, nil, []orgRow(nil)); err != nil || out.String() != "[]\n" {
		t.Errorf("no rows = %q, %v", out.String(), err)
	}
	out.Reset()
	list := []orgRow{{Name: "labs", Email: "a<b>@example.test"}, {Name: "x"}}
	if err := printList(&out, true, nil, list); err != nil || !strings.Contains(out.String(), `"email": "a<b>@example.test"`) {
		t.Errorf("JSON = %q, %v", out.String(), err)
	}
	out.Reset()
	want := "NAME  EMAIL              CREATED\nlabs  a<b>@example.test  -\nx     -                  -\n"
	if err := printList(&out, false, []string{"NAME", "EMAIL", "CREATED"}, list); err != nil || out.String() != want {
		t.Errorf("table = %q, want %q", out.String(), want)
	}
}

func TestTermsVersion(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "terms.md")
	if err := os.WriteFile(path, []byte("Be kind."), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := readTerms(path)
	if err != nil || text != "Be kind." {
		t.Errorf("readTerms = %q, %v", text, err)
	}
	if termsVersion(text) == termsVersion("Be kinder.") || termsVersion(text) != termsVersion("Be kind.") || termsVersion("") == "" {
		t.Error("versions do not tell texts apart")
	}
	if _, err := readTerms(path + ".missing"); err == nil {
		t.Error("terms that are not there were read")
	}
}
