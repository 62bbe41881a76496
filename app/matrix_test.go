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
	"vivarium/app/registry"
	"vivarium/app/scaletest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The golden files: one for programs, one for pages.
var sheets = []string{"testdata/matrix.txt", "testdata/matrix_pages.txt"}

// sheetRows are the rows of the table that a golden file is about.
func sheetRows(file string) []model.Route {
	return slices.DeleteFunc(registry.Routes(), func(r model.Route) bool {
		return (r.Surface == model.PageSurface) != (file == sheets[1])
	})
}

// TestMatrix asks for every row of the route table as everybody in every form of
// credential, on the whole site as it is served. What came out is in golden files,
// to be read in review; that it keeps the rules and that hidden looks absent is
// checked besides, and that it would be noticed if the table said something else.
func TestMatrix(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, file := range sheets {
		rows, want := sheetRows(file), readGolden(t, file)
		texts := make([]string, len(rows))
		t.Run(file, func(t *testing.T) {
			for i, row := range rows {
				if !tried(t, row) {
					continue
				}
				t.Run(row.Pattern, func(t *testing.T) {
					t.Parallel()
					m := &matrix{T: t, world: w, row: row, table: registry.Routes()}
					defer m.drop()
					texts[i] = m.ask()
					m.compare(file, want)
					m.flips()
					for _, wrong := range m.wrongs {
						t.Error(wrong)
					}
				})
			}
		})
		if *update { // rows that were not asked for stay as they are
			for i, row := range rows {
				texts[i] = cmp.Or(texts[i], rowOf(want, row))
			}
		}
		if !slices.Contains(texts, "") {
			golden(t, file, legend(w, file)+strings.Join(texts, ""))
		}
	}
}

// tried says whether this run asks for a row of the table: for each of them, but
// under the race detector, which is slow, for one in eight a day.
func tried(t *testing.T, row model.Route) bool {
	t.Helper()
	return *update || scaletest.Chosen(t, 1/(8*0.002), row.Pattern)
}

// rowOf is what a golden file has about a row of the table.
func rowOf(want string, row model.Route) string {
	text := ""
	for _, block := range strings.SplitAfter(want, "\n\n") {
		if pattern, _, _ := strings.Cut(block, "  ("); slices.ContainsFunc(examplesOf(row), func(e example) bool { return pattern == row.Pattern+note(e) }) {
			text += "\n" + strings.TrimRight(block, "\n") + "\n"
		}
	}
	return text
}

func readGolden(t *testing.T, file string) string {
	t.Helper()
	want, err := os.ReadFile(file)
	check(t, err)
	return string(want)
}

// compare checks that a golden file has the row as it came out.
func (m *matrix) compare(file, want string) {
	if !*update && !strings.Contains(want, m.out.String()) {
		m.wrong("%s does not have the row as it came out", file)
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		check(t, os.WriteFile(file, []byte(got), 0o644))
	}
	if diff := diffs.Diff(strings.Split(readGolden(t, file), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s differs; rewrite it with -update and read the diff (-want +got):\n%s", file, diff)
	}
}

// matrix is the part of the matrix about one row.
type matrix struct {
	*testing.T
	*world
	row   model.Route
	table []model.Route // that the site is served by
	site  *site         // nil: not opened yet, or changed
	out   bytes.Buffer
	// known is what came out for each question, for comparison with a site that
	// is served by another table.
	known  map[question]string
	wrongs []string
	hasty  bool // the first wrong is enough
}

// question is who asks for what: an example by its place.
type question struct {
	example       int
	target, actor string
}

func (m *matrix) drop() {
	if m.site != nil {
		m.site.close()
		m.site = nil
	}
}

// send makes a request, on a fresh copy of the world if the last one changed
// something.
func (m *matrix) send(e example, a actor, tg target, f form) *httptest.ResponseRecorder {
	m.Helper()
	if m.site == nil {
		var err error
		m.site, err = m.open(m.T, m.table)
		check(m.T, err)
	}
	r, answer := e.request(m.T, m.world, m.row, tg, a, f), httptest.NewRecorder()
	m.site.ServeHTTP(answer, r)
	if m.writes() && answer.Code < 400 || answer.Header().Get("Set-Cookie") != "" {
		m.drop() // also when a session ended: the next one is to find it too
	}
	return answer
}

// writes reports whether a request that goes through changes what the next one
// finds. PUT and PATCH may be repeated here.
func (m *matrix) writes() bool {
	if slices.ContainsFunc(examplesOf(m.row), func(e example) bool { return e.upload != nil }) {
		return true // the same file again is another answer
	}
	return strings.HasPrefix(m.row.Pattern, http.MethodPost) || strings.HasPrefix(m.row.Pattern, http.MethodDelete)
}

func (m *matrix) everybody() []actor {
	if m.row.Surface == model.PageSurface {
		return m.readers
	}
	return m.actors
}

func (m *matrix) targets(e example) []target {
	switch cmp.Or(e.on, m.row.On) {
	case model.OnAccount:
		return accountTargets
	case model.OnPackage:
		return packageTargets
	}
	return []target{{name: "always", channel: labs, pkg: "finch"}}
}

// ask asks all examples of the row and returns what is to be read of it.
func (m *matrix) ask() string {
	m.known = map[question]string{}
	for i, e := range examplesOf(m.row) {
		m.example(i, e)
	}
	return m.out.String()
}

// example asks as everybody about every target, and writes down what came out.
func (m *matrix) example(i int, e example) {
	fmt.Fprintf(&m.out, "\n%s%s  (%s)\n", m.row.Pattern, note(e), describe(m.row, e))
	var sheets []sheet
	answers := map[string]map[string]string{} // by target and actor
	for _, tg := range m.targets(e) {
		got, words := sheet{target: tg.name, all: m.everybody()}, map[string]string{}
		for _, a := range m.everybody() {
			if m.hasty && len(m.wrongs) > 0 {
				return
			}
			answer := m.send(e, a, tg, usual)
			outcome := m.outcome(e, answer)
			m.known[question{i, tg.name, a.name}] = outcome
			got.add("", outcome, a.name)
			words[a.name] = wordsOf(answer, tg)
			if want := expect(m.row, e, a, tg); e.unlike == "" && !keeps(want, statusOf(answer)) {
				m.wrong("%s, %s: status %d, and by the rules %d (0: it goes through)\n%s", tg.name, a.name, statusOf(answer), want, answer.Body)
			}
			if !e.auditors || !a.admin {
				m.silence(a, tg, outcome)
			}
			m.forms(&got, e, a, tg, outcome)
		}
		answers[tg.name] = words
		sheets = append(sheets, got)
	}
	if cmp.Or(e.on, m.row.On) == model.OnPackage {
		m.hiding(e, hidden[0], answers[hidden[0].name], answers["absent"])
		m.hiding(e, hidden[1], answers[hidden[1].name], answers["absent of a user"])
	}
	writeSheets(&m.out, sheets)
}

// wrong notes something that must not be.
func (m *matrix) wrong(format string, args ...any) {
	m.wrongs = append(m.wrongs, fmt.Sprintf(format, args...))
}

// silence checks that an answer names no package that a may not see.
func (m *matrix) silence(a actor, tg target, outcome string) {
	for _, h := range hidden {
		if onPackage(a, h) == model.NoAccess && strings.Contains(outcome, h.pkg) {
			m.wrong("%s, %s: the answer tells of %s", tg.name, a.name, h.fullName())
		}
	}
}

// forms asks in the other forms of credential and notes what differs.
func (m *matrix) forms(got *sheet, e example, a actor, tg target, like string) {
	if m.writes() && !slices.Contains(sample, a.name) {
		return
	}
	for _, f := range forms {
		if !f.fits(a, m.row) {
			continue
		}
		if outcome := m.outcome(e, m.send(e, a, tg, f)); outcome != like {
			got.add(f.name, outcome, a.name)
		}
	}
}

// hiding compares the answers about a package with those about none, for who may
// not see it.
func (m *matrix) hiding(e example, what target, hidden, absent map[string]string) {
	for _, a := range m.everybody() {
		if onPackage(a, what) == model.NoAccess && hidden[a.name] != absent[a.name] {
			m.wrong("%s can tell a private package from none%s:\n%s\n%s", a.name, note(e), hidden[a.name], absent[a.name])
		}
	}
}
