package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"vivarium/app/scaletest"
)

// injected are files that are in the mutated program besides its own.
var injected = map[string]string{
	"app/model/mutant.go":     "testdata/mutant/switch.go.txt",
	"app/store/everything.go": "testdata/mutant/everything.go.txt",
	"app/mutant_each_test.go": "testdata/mutant/each_test.go.txt",
}

// TestMutants builds the program with a switch at every condition that decides
// who may see or do what, every check, every permission that is asked for and
// every use of the visibility predicate. It turns them around, one at a time: each
// must make the matrix, TestVerbsDecide or the crawl fail. All of them take long, so
// that some are tried now and then; TEST_SCALE=1 tries all, and MUTANT=store/sight those
// of that file, or of any other regular expression.
func TestMutants(t *testing.T) {
	t.Parallel()
	m := &mutation{T: t}
	dir := t.TempDir()
	replace := m.build(dir)
	if len(m.mutants) < 150 {
		t.Errorf("only %d mutants were found", len(m.mutants))
	}
	m.mutants = m.withoutEquals()
	all := len(m.mutants)
	tried := slices.DeleteFunc(m.mutants, func(one mutant) bool { return !wanted(t, one) })
	t.Logf("%d of %d mutants", len(tried), all)
	if len(tried) == 0 {
		return // some days have none
	}
	program := buildMutated(t, dir, replace)
	list, err := json.Marshal(tried)
	check(t, err)
	run := exec.CommandContext(t.Context(), program, "-test.run", "^TestEachMutant$", "-test.v", "-test.timeout", "0")
	run.Env = append(os.Environ(), "MUTANTS="+string(list))
	run.Stdout, run.Stderr = t.Output(), t.Output()
	if err := run.Run(); err != nil {
		t.Error(err)
	}
}

// lots is how many parts the mutants are divided into.
const lots = 32

// wanted reports whether this run tries a mutant: at the usual scale those of one lot
// on about every sixth day, since to build and to ask what comes by them takes longer
// than they do.
func wanted(t *testing.T, one mutant) bool {
	if pattern := os.Getenv("MUTANT"); pattern != "" {
		return regexp.MustCompile(pattern).MatchString(one.What)
	}
	return scaletest.Chosen(t, 0.25, fmt.Sprint("mutants ", one.Number%lots))
}

var lineNumber = regexp.MustCompile(`(\.go):\d+:`)

// withoutEquals leaves out the mutants that the list calls as good as the program,
// each of which must be there.
func (m *mutation) withoutEquals() []mutant {
	found := map[string]bool{}
	rest := slices.DeleteFunc(m.mutants, func(one mutant) bool {
		what := lineNumber.ReplaceAllString(one.What, "$1:")
		found[what] = equals[what] != ""
		return found[what]
	})
	for what := range equals {
		if !found[what] {
			m.Errorf("there is no mutant %q: bring equals up to date", what)
		}
	}
	return rest
}

// buildMutated builds the tests of this package with other files in the place of
// its own, named by their path in the repository.
func buildMutated(t *testing.T, dir string, replace map[string]string) string {
	t.Helper()
	overlay := map[string]map[string]string{"Replace": {}}
	put := func(file, by string) {
		from, err := filepath.Abs(filepath.Join("..", file))
		check(t, err)
		to, err := filepath.Abs(by)
		check(t, err)
		overlay["Replace"][from] = to
	}
	for file, by := range replace {
		put(file, by)
	}
	for file, by := range injected {
		put(file, by)
	}
	text, err := json.Marshal(overlay)
	check(t, err)
	check(t, os.WriteFile(filepath.Join(dir, "overlay.json"), text, 0o600))
	program := filepath.Join(dir, "mutated")
	build := exec.CommandContext(t.Context(), "go", "test", "-c", "-vet=off", "-overlay", filepath.Join(dir, "overlay.json"), "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the mutated program: %v\n%s", err, out)
	}
	return program
}
