package e2e

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

var rewriteClients = flag.Bool("clients", false, "rewrite ../docs/clients.tsv with what this run proves")

// clientsFile is what the page /docs/clients shows.
const clientsFile = "../docs/clients.tsv"

// What became of a client's command.
const (
	works    = "works"
	replayed = "its requests are answered"
)

// proof is that a command of a client did what it should in a test that passed.
type proof struct{ client, version, command, result, test string }

func (p proof) line() string {
	return strings.Join([]string{p.client, p.version, p.command, p.result, p.test}, "\t")
}

// key is a proof without the test, of which one is enough.
func (p proof) key() proof { p.test = ""; return p }

// proofs are those of this run, with the tests that it saw and those that failed.
var proofs = struct {
	sync.Mutex
	seen, failed map[string]bool
	found        map[proof]bool
}{seen: map[string]bool{}, failed: map[string]bool{}, found: map[proof]bool{}}

// prove notes a proof, which counts when the test passes.
func prove(t *testing.T, p proof) {
	p.test, _, _ = strings.Cut(t.Name(), "/")
	proofs.Lock()
	proofs.seen[p.test], proofs.found[p] = true, true
	proofs.Unlock()
	t.Cleanup(func() {
		if t.Failed() {
			proofs.Lock()
			proofs.failed[p.test] = true
			proofs.Unlock()
		}
	})
}

// replays notes that a test sends what a client that cannot be installed here sends.
func replays(t *testing.T, client, version, command string) {
	prove(t, proof{client: client, version: version, command: command, result: replayed})
}

// proveCommand notes that a command of a client ended well.
func proveCommand(t *testing.T, o outcome, name string, args []string) {
	if o.status != 0 || errorPrinted.MatchString(o.stdout) {
		return
	}
	client, command := clientCommand(filepath.Base(name), args)
	if client == "" || command == "" {
		return
	}
	pinned := "requirements.txt"
	if strings.Contains(name, "1.13") {
		pinned = "requirements-anaconda-1.13.txt"
	}
	prove(t, proof{client: client, version: pinnedVersions(t, pinned)[client], command: command, result: works})
}

// errorPrinted is how our scripts around a client's library say that it refused.
var errorPrinted = regexp.MustCompile(`(?m)^\{"error": "`)

// pinnedVersions are the versions in a list of requirements.
func pinnedVersions(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	sure(t, err)
	versions := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if name, version, ok := strings.Cut(strings.TrimSpace(line), "=="); ok {
			versions[name] = version
		}
	}
	return versions
}

// checkClients compares what this run proved with the page's file, or rewrites that.
// all says that every test was asked for. It fails when the page promises what is
// proved no more, and tells what it could promise besides.
func checkClients(all bool) error {
	have, err := readClients()
	if err != nil {
		return err
	}
	now := provedNow()
	if *rewriteClients {
		return writeClients(have, now, all)
	}
	for key := range now {
		if _, ok := have[key]; !ok {
			fmt.Fprintf(os.Stderr, "%s could tell, and will with -clients: %s\n", clientsFile, now[key].line())
		}
	}
	var wrong []string
	for key, p := range have {
		if stale(key, p, now, all) {
			wrong = append(wrong, p.line())
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return fmt.Errorf("nothing proves any more what %s tells; go test ./e2e -clients rewrites it:\n%s", clientsFile, strings.Join(wrong, "\n"))
}

// stale reports whether a proof of the file should have been found and was not.
func stale(key, p proof, now map[proof]proof, all bool) bool {
	_, proved := now[key]
	return all && !proved && proofs.seen[p.test] && !proofs.failed[p.test]
}

// provedNow are the proofs of tests that passed, by what they prove, each of the
// first test that does.
func provedNow() map[proof]proof {
	now := map[proof]proof{}
	for p := range proofs.found {
		before, ok := now[p.key()]
		if !proofs.failed[p.test] && (!ok || p.test < before.test) {
			now[p.key()] = p
		}
	}
	return now
}

func readClients() (map[proof]proof, error) {
	text, err := os.ReadFile(clientsFile)
	if err != nil {
		return nil, err
	}
	have := map[proof]proof{}
	for line := range strings.Lines(string(text)) {
		if part := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(part) == 5 {
			p := proof{part[0], part[1], part[2], part[3], part[4]}
			have[p.key()] = p
		}
	}
	return have, nil
}

// writeClients keeps what this run had no chance to prove.
func writeClients(have, now map[proof]proof, all bool) error {
	maps.DeleteFunc(have, func(key, p proof) bool { return stale(key, p, now, all) })
	for key, p := range now {
		if old, ok := have[key]; !ok || proofs.seen[old.test] && !proofs.found[old] {
			have[key] = p
		}
	}
	var b strings.Builder
	b.WriteString("# Client, version, command, result, test. Made by the end-to-end tests: go test ./e2e -clients\n")
	for _, p := range slices.SortedFunc(maps.Values(have), func(a, b proof) int { return cmp.Compare(a.line(), b.line()) }) {
		b.WriteString(p.line() + "\n")
	}
	return os.WriteFile(clientsFile, []byte(b.String()), 0o644)
}

// TestClientsAreCurrent compares the page of clients with what is installed here and
// with the tests that there are.
func TestClientsAreCurrent(t *testing.T) {
	t.Parallel()
	have, err := readClients()
	sure(t, err)
	if len(have) == 0 {
		t.Error("no client is proved")
	}
	current, old := pinnedVersions(t, "requirements.txt"), pinnedVersions(t, "requirements-anaconda-1.13.txt")
	var source strings.Builder
	files, err := filepath.Glob("*_test.go")
	sure(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		sure(t, err)
		source.Write(text)
	}
	for _, p := range have {
		if p.result == works && p.version != current[p.client] && p.version != old[p.client] {
			t.Errorf("%s: the version installed is %s", p.line(), current[p.client])
		}
		if !strings.Contains(source.String(), "func "+p.test+"(") {
			t.Errorf("%s: there is no such test", p.line())
		}
	}
}
