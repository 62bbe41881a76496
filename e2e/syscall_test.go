package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// traced is a victim whose system calls on files and sockets are written down.
type traced struct {
	*victim
	file string
}

func newTraced(t *testing.T) *traced {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		lacks(t, "strace")
	}
	if exec.Command(strace, "-o", os.DevNull, "true").Run() != nil {
		lacks(t, "the right to trace")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "trace")
	calls := "trace=write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,sendfile"
	runner := []string{strace, "-D", "-f", "-y", "-s", "48", "-o", file, "-e", calls}
	v := &victim{server: startServerUnder(t, runner, dir, nil)}
	v.addUser("alice")
	v.token = v.addToken("alice", "ci", "all")
	v.alice = v.publisher("alice", v.token)
	return &traced{v, file}
}

// call is a system call with its arguments, and the lines of the trace at which it
// began and ended: other threads come between.
type call struct {
	text       string
	began, end int
}

var (
	callLine    = regexp.MustCompile(`^(\d+) +(\w+)\((.*)$`)
	resumedLine = regexp.MustCompile(`^(\d+) +<\.\.\. (\w+) resumed>`)
)

// calls ends the server and reads what it did.
func (s *traced) calls() []call {
	s.t.Helper()
	s.stop()
	var all []call
	open := map[string]int{} // by thread
	for n, line := range strings.Split(s.wholeTrace(), "\n") {
		if m := callLine.FindStringSubmatch(line); m != nil {
			open[m[1]] = len(all)
			all = append(all, call{m[2] + "(" + m[3], n, n})
		} else if m := resumedLine.FindStringSubmatch(line); m != nil {
			all[open[m[1]]].end = n
		}
	}
	return all
}

// wholeTrace is the trace when its last line is written.
func (s *traced) wholeTrace() string {
	s.t.Helper()
	deadline := time.After(20 * time.Second)
	for tick := time.Tick(20 * time.Millisecond); ; <-tick {
		text, err := os.ReadFile(s.file)
		sure(s.t, err)
		if strings.Contains(string(text), "+++ exited with") {
			return string(text)
		}
		select {
		case <-deadline:
			s.t.Fatal("the trace does not end")
		default:
		}
	}
}

// wantOrder fails the test unless calls that match the patterns came one after
// the other, each begun when the one before had ended. Where patterns have a group,
// what it matched may be used as $1 in those that follow.
func (s *traced) wantOrder(calls []call, patterns ...string) []call {
	s.t.Helper()
	group := "no such thing"
	for i, pattern := range patterns {
		expr := regexp.MustCompile(strings.ReplaceAll(pattern, "$1", regexp.QuoteMeta(group)))
		at := 0
		for at < len(calls) && !expr.MatchString(calls[at].text) {
			at++
		}
		if at == len(calls) {
			s.t.Errorf("no call like %s after %q", expr, patterns[:i])
			return nil
		}
		if m := expr.FindStringSubmatch(calls[at].text); len(m) > 1 {
			group = m[1]
		}
		ended := calls[at].end
		for at < len(calls) && calls[at].began <= ended {
			at++
		}
		calls = calls[at:]
	}
	return calls
}

// TestOrderOfWrites reads in a trace what an upload does before it is
// acknowledged: bytes, their name, the database, and only then the answer.
func TestOrderOfWrites(t *testing.T) {
	t.Parallel()
	s := newTraced(t)
	s.takes(condaSpec{}.build(t))
	s.takes(wheelSpec{}.build(t))
	calls := s.calls()
	stored := func(begin string) []string {
		return []string{`^write\(\d+<.*/blobs/tmp/(\w+)>, "` + begin, `^fsync\(\d+<.*/blobs/tmp/$1>`, `^renameat2?\(\d+<.*/blobs/tmp>, "$1"`, `^fsync\(\d+<.*/blobs/\w\w>`}
	}
	const synced, ok = `^f(?:data)?sync\(\d+<.*/vivarium\.db-wal>`, `^write\(.*HTTP/1\.1 200 OK`
	rest := s.wantOrder(calls, append(stored("PK"), synced, `^write\(.*HTTP/1\.1 201 Created`, synced, ok)...)
	// The wheel, then its metadata, then the row of both.
	s.wantOrder(rest, slices.Concat(stored("PK"), stored("Metadata-Version"), []string{synced, ok})...)
}

// TestDownloadsGoOutBySendfile finds in a trace that the kernel sends files by
// itself, whichever way they are asked for.
func TestDownloadsGoOutBySendfile(t *testing.T) {
	t.Parallel()
	s := newTraced(t)
	conda := condaSpec{files: []member{{name: "noise", body: readAll(t, noiseOf(3<<20))}}}.build(t)
	wheel := wheelSpec{files: []entry{{name: "demo/noise", body: readAll(t, noiseOf(3<<20))}}}.build(t)
	s.takes(conda)
	s.takes(wheel)
	paths := []string{"/conda/alice/noarch/" + conda.fileName, "/alice/noarch/" + conda.fileName, "/t/" + s.token + "/conda/alice/noarch/" + conda.fileName, "/api/download/alice/demo/1.0/noarch/" + conda.fileName, s.indexed(wheel.fileName)}
	for _, path := range paths {
		s.get("", path).is(t, http.StatusOK)
	}
	sent := map[string]int{}
	for _, c := range s.calls() {
		for _, a := range []artifact{conda, wheel} {
			if strings.HasPrefix(c.text, "sendfile(") && strings.Contains(c.text, "/"+a.sha256()+">") {
				sent[a.fileName]++
			}
		}
	}
	if sent[conda.fileName] < 4 || sent[wheel.fileName] < 1 {
		t.Errorf("sendfile was called %v times, want once a download at least", sent)
	}
}

// TestIndexGoesOutBySendfile finds the same of an index that is read again, from a
// file that has no name.
func TestIndexGoesOutBySendfile(t *testing.T) {
	t.Parallel()
	s := newTraced(t)
	var depends []string
	for i := range 1000 {
		depends = append(depends, fmt.Sprintf("library%d %s", i, strings.Repeat("1", 60)))
	}
	s.takes(condaSpec{index: map[string]any{"depends": depends}}.build(t))
	for _, path := range []string{"/conda/alice/noarch/repodata.json", "/t/" + s.token + "/conda/alice/noarch/repodata.json"} {
		want := s.get("", path).is(t, http.StatusOK).body
		for range 2 {
			if got := s.get("", path).is(t, http.StatusOK).body; !bytes.Equal(got, want) {
				t.Errorf("%s has %d other bytes", path, len(got))
			}
		}
	}
	sent := 0
	for _, c := range s.calls() {
		if strings.HasPrefix(c.text, "sendfile(") && strings.Contains(c.text, "/cache/") {
			sent++
		}
	}
	if sent < 4 {
		t.Errorf("sendfile was called %d times, want once a reading but the first", sent)
	}
}
