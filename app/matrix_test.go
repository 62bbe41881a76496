package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	diffs "github.com/google/go-cmp/cmp"

	"vivarium/app/model"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestMatrix asks for every row of the API, the conda channels and the Python
// indexes as everybody in every form of credential, on the whole site as it is
// served. What came out is in testdata/matrix.txt, to be read in review; that it
// keeps the rules and that hidden looks absent is checked besides.
func TestMatrix(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rows := rowsOf(model.APISurface, model.StoreSurface, model.CondaSurface, model.PyPISurface, model.RSurface)
	texts := make([]string, len(rows))
	t.Run("rows", func(t *testing.T) {
		for i, row := range rows {
			t.Run(row.Pattern, func(t *testing.T) {
				t.Parallel()
				m := &matrix{T: t, world: w, row: row}
				defer m.drop()
				for _, e := range examplesOf(row) {
					m.example(e)
				}
				texts[i] = m.out.String()
			})
		}
	})
	golden(t, "testdata/matrix.txt", legend(w)+strings.Join(texts, ""))
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		check(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	check(t, err)
	if diff := diffs.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs; rewrite it with -update and read the diff (-want +got):\n%s", file, diff)
	}
}

// matrix is the part of the matrix about one row.
type matrix struct {
	*testing.T
	*world
	row  model.Route
	site *site // nil: not opened yet, or changed
	out  bytes.Buffer
}

func (m *matrix) drop() {
	if m.site != nil {
		m.site.close()
		m.site = nil
	}
}

// ask makes a request, on a fresh copy of the world if the last one changed
// something.
func (m *matrix) ask(e example, a actor, tg target, f form) *httptest.ResponseRecorder {
	m.Helper()
	if m.site == nil {
		m.site = m.open(m.T)
	}
	r, answer := e.request(m.T, m.world, m.row, tg, a, f), httptest.NewRecorder()
	m.site.ServeHTTP(answer, r)
	if m.writes() && answer.Code < 400 {
		m.drop()
	}
	return answer
}

// writes reports whether a request that goes through changes what the next one
// finds. PUT and PATCH may be repeated here.
func (m *matrix) writes() bool {
	return strings.HasPrefix(m.row.Pattern, http.MethodPost) || strings.HasPrefix(m.row.Pattern, http.MethodDelete)
}

func (m *matrix) targets(on model.Target) []target {
	switch on {
	case model.OnAccount:
		return accountTargets
	case model.OnPackage:
		return packageTargets
	}
	return []target{{name: "always", channel: "labs", pkg: "shown"}}
}

// example asks as everybody about every target, and writes down what came out.
func (m *matrix) example(e example) {
	fmt.Fprintf(&m.out, "\n%s%s  (%s)\n", m.row.Pattern, note(e), describe(m.row, e))
	on := cmp.Or(e.on, m.row.On)
	var sheets []sheet
	answers := map[string]map[string]string{} // by target and actor
	for _, tg := range m.targets(on) {
		got, words := sheet{target: tg.name, all: m.actors}, map[string]string{}
		for _, a := range m.actors {
			answer := m.ask(e, a, tg, header)
			outcome := m.outcome(on, answer)
			got.add("", outcome, a.name)
			words[a.name] = wordsOf(answer, tg)
			if want := expect(m.row, e, a, tg); e.unlike == "" && !keeps(want, answer.Code) {
				m.Errorf("%s, %s: status %d, and by the rules %d (0: it goes through)\n%s", tg.name, a.name, answer.Code, want, answer.Body)
			}
			if onPackage(a, private) == model.NoAccess && strings.Contains(outcome, private.pkg) {
				m.Errorf("%s, %s: the answer tells of the private package", tg.name, a.name)
			}
			m.forms(&got, e, a, tg, outcome)
		}
		answers[tg.name] = words
		sheets = append(sheets, got)
	}
	if on == model.OnPackage {
		m.hiding(e, answers[private.name], answers["absent"])
	}
	writeSheets(&m.out, sheets)
}

// forms asks in the other forms of credential and notes what differs.
func (m *matrix) forms(got *sheet, e example, a actor, tg target, like string) {
	if m.writes() && !slices.ContainsFunc(sample(m.actors), func(s actor) bool { return s.name == a.name }) {
		return
	}
	for _, f := range forms {
		if !f.fits(a, m.row.Surface) {
			continue
		}
		if outcome := m.outcome(cmp.Or(e.on, m.row.On), m.ask(e, a, tg, f)); outcome != like {
			got.add(f.name, outcome, a.name)
		}
	}
}

// hiding compares the answers about a private package with those about none, for
// who may not see it.
func (m *matrix) hiding(e example, hidden, absent map[string]string) {
	for _, a := range m.actors {
		if onPackage(a, private) == model.NoAccess && hidden[a.name] != absent[a.name] {
			m.Errorf("%s can tell a private package from none%s:\n%s\n%s", a.name, note(e), hidden[a.name], absent[a.name])
		}
	}
}
