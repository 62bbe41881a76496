package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// What refusing one file may cost at most (security.md 2a).
const (
	mostMemory = 64 << 20
	mostCPU    = 2 * time.Second
)

// victim is a server with one user, alice, to whose channel the attacks go.
type victim struct {
	*server
	token string
	alice publisher
}

func newVictim(t *testing.T, settings ...string) *victim {
	t.Helper()
	v := &victim{server: startServerOn(t, t.TempDir(), settings)}
	v.addUser("alice")
	v.token = v.addToken("alice", "ci", "all")
	v.alice = v.publisher("alice", v.token)
	return v
}

// attack is a file that has to be refused, and a part of the sentence.
type attack struct {
	name string
	file artifact
	says string
}

// refuses uploads each file. It has to be answered 400 with its sentence, soon
// and in little memory, and none of it may be left, here or anywhere.
func (v *victim) refuses(attacks ...attack) {
	v.t.Helper()
	for _, a := range attacks {
		v.refusesWithin(mostMemory, a)
	}
	v.hasNothing()
}

func (v *victim) refusesWithin(memory int64, a attack) {
	v.t.Helper()
	v.costsAtMost(memory, a.name, func() {
		got, err := v.alice.publish(v.t.Context(), a.file)
		if err != nil || got.status != http.StatusBadRequest || !strings.Contains(string(got.body), a.says) {
			v.t.Errorf("%s: got %v, %v, want 400 with %q", a.name, got, err, a.says)
		}
	})
	if left := v.storedBytes(); len(left) > 0 {
		v.t.Fatalf("%s: left %q behind", a.name, left)
	}
}

// costsLittle does what has to be refused and fails the test when the server took
// much memory or time for it.
func (v *victim) costsLittle(name string, do func()) {
	v.t.Helper()
	v.costsAtMost(mostMemory, name, do)
}

func (v *victim) costsAtMost(memory int64, name string, do func()) {
	v.t.Helper()
	v.forgetPeak()
	_, before := v.memory()
	began := v.cpu()
	do()
	if peak, _ := v.memory(); peak-before > memory {
		v.t.Errorf("%s: took %d MiB", name, (peak-before)>>20)
	}
	if took := v.cpu() - began; took > mostCPU {
		v.t.Errorf("%s: took %v of processor time", name, took)
	}
}

// hasNothing fails the test unless the channel is empty on every surface and
// nothing is kept for it.
func (v *victim) hasNothing() {
	v.t.Helper()
	wantFiles(v.t, v.server, "/conda/alice/noarch")
	if names := v.projects(); len(names) > 0 {
		v.t.Errorf("the simple index lists %q", names)
	}
	if packages := string(v.get(v.token, "/api/packages/alice").is(v.t, http.StatusOK).body); strings.TrimSpace(packages) != "[]" {
		v.t.Errorf("packages are left: %.300s", packages)
	}
	v.hasNoLitter()
}

// hasNoLitter fails the test when collecting garbage, in two days, would find any.
func (v *victim) hasNoLitter() {
	v.t.Helper()
	if got, want := v.collect(), "removed 0 blobs and 0 temporary files (0 bytes), 0 unfinished uploads"; !strings.HasPrefix(got, want) {
		v.t.Errorf("gc says %q, want %q", got, want)
	}
}

// collect runs gc as it would run in two days.
func (s *server) collect() string {
	s.t.Helper()
	env := plainEnv(s.dir, "VIVARIUM_TESTING_CLOCK_OFFSET=48h")
	return strings.TrimSpace(execute(s.t, s.dir, env, "", program, "admin", "gc").ok(s.t).stdout)
}

// projects are the names in alice's simple index.
func (v *victim) projects() []string {
	v.t.Helper()
	page := v.ask(http.MethodGet, "/pypi/alice/simple/", "Accept", "application/vnd.pypi.simple.v1+json").json(v.t)
	var names []string
	for _, p := range page["projects"].([]any) {
		names = append(names, p.(map[string]any)["name"].(string))
	}
	slices.Sort(names)
	return names
}

// takes uploads a file that has to be accepted.
func (v *victim) takes(a artifact) {
	v.t.Helper()
	if got, err := v.alice.publish(v.t.Context(), a); err != nil || !got.made() {
		v.t.Fatalf("upload of %s: %v, %v", a.fileName, got, err)
	}
}

// TestSoundFilesAreTaken keeps the attacks honest: what they spoil is accepted as
// long as it is not spoilt.
func TestSoundFilesAreTaken(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	v.takes(condaSpec{}.build(t))
	v.takes(condaSpec{tarBz2: true}.build(t))
	v.takes(wheelSpec{}.build(t))
	v.takes(sdistOf(t))
	wantFiles(t, v.server, "/conda/alice/noarch", "demo-1.0-0.conda", "demo-1.0-0.tar.bz2")
	if got := v.projects(); !slices.Equal(got, []string{"demo"}) {
		t.Errorf("the simple index lists %q, want demo", got)
	}
	v.hasNoLitter()
}
