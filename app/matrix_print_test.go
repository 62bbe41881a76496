package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"vivarium/app/model"
)

// sheet is what came out for one target: names of actors by form of credential
// and outcome. The form "" is the header that others are compared with.
type sheet struct {
	target string
	all    []actor
	names  map[string]map[string][]string
}

func (s *sheet) add(form, outcome, name string) {
	if s.names == nil {
		s.names = map[string]map[string][]string{}
	}
	if s.names[form] == nil {
		s.names[form] = map[string][]string{}
	}
	s.names[form][outcome] = append(s.names[form][outcome], name)
}

// text is the sheet without its target.
func (s sheet) text() string {
	var out strings.Builder
	for _, form := range slices.Sorted(maps.Keys(s.names)) {
		label := ""
		if form != "" {
			label = "by " + form + " "
		}
		for _, outcome := range slices.Sorted(maps.Keys(s.names[form])) {
			if list := s.people(outcome, s.names[form][outcome]); list != "" {
				fmt.Fprintf(&out, "    %s%s  %s\n", label, outcome, list)
			}
		}
	}
	return out.String()
}

// people says who, in as few words as that takes. Of the dead that get 401, as
// they should, nothing is said.
func (s sheet) people(outcome string, names []string) string {
	crowds := map[string][]string{}
	for _, a := range s.all {
		switch {
		case a.dead:
			crowds["dead"] = append(crowds["dead"], a.name)
			continue
		case a.anonymous():
			crowds["nobody"] = append(crowds["nobody"], a.name)
		default:
			crowds["everyone signed in"] = append(crowds["everyone signed in"], a.name)
		}
		crowds["everyone"] = append(crowds["everyone"], a.name)
	}
	if strings.HasPrefix(outcome, "401") {
		names = without(names, crowds["dead"])
	}
	var words []string
	for _, crowd := range []string{"everyone", "everyone signed in", "nobody"} {
		if left := without(names, crowds[crowd]); len(crowds[crowd]) > 1 && len(left) == len(names)-len(crowds[crowd]) {
			words, names = append(words, crowd), left
		}
	}
	return strings.Join(append(words, names...), ", ")
}

func without(names, less []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(less, name) })
}

// writeSheets writes targets that came out alike together.
func writeSheets(out *bytes.Buffer, sheets []sheet) {
	for len(sheets) > 0 {
		text := sheets[0].text()
		var alike []string
		sheets = slices.DeleteFunc(sheets, func(s sheet) bool {
			same := s.text() == text
			if same {
				alike = append(alike, s.target)
			}
			return same
		})
		fmt.Fprintf(out, "  %s\n%s", strings.Join(alike, ", "), text)
	}
}

// describe says in words what a row asks for.
func describe(row model.Route, e example) string {
	on, needs := cmp.Or(e.on, row.On), cmp.Or(e.needs, row.Needs)
	var words string
	switch on {
	case model.OnNothing:
		words = "anyone"
	case model.OnSelf:
		words = "whoever is signed in"
	case model.OnSite:
		words = "administrators of the site"
	default:
		words = fmt.Sprintf("%s on the %s", needs, on)
	}
	if len(row.Scopes) > 0 {
		words += "; " + model.ScopeSet(row.Scopes).String()
	}
	if row.Open {
		words = "open"
	}
	for _, more := range []string{e.why, e.unlike} {
		if more != "" {
			words += "; " + more
		}
	}
	return words
}

func note(e example) string {
	if e.note == "" {
		return ""
	}
	return " with " + e.note
}

// legend explains a golden file to who reads it.
func legend(w *world, file string) string {
	text, all := programLegend, w.actors
	if file == sheets[1] {
		text, all = pageLegend, w.readers
	}
	var names []string
	for _, a := range all {
		names = append(names, a.name)
	}
	return text + commonLegend + strings.Join(names, ", ") + "\n"
}

const programLegend = `Who gets what, at every address that programs use. Made by TestMatrix; rewrite it
with: go test ./app -run TestMatrix -update

Everybody sends a token for everything, but for the ones that are named after a
scope: those are the owner's, with that scope alone. organization is a token of
labs itself. expired, revoked and disabled were once the owner's, or of an owner;
they get 401, and are named only where they do not. "by ..." is a form of
credential that came out otherwise than a token in Authorization.
`

const pageLegend = `Who gets what, on every page. Made by TestMatrix; rewrite it with: go test ./app
-run TestMatrix -update

Everybody has signed in in a browser. acting is the owner who acts as labs; signed
out and disabled send a session that is over, and token sends the owner's token
for everything instead of one, which is nothing on a page: they and anonymous are
nobody. 401 is the way to the sign-in page; 422 and 409 are what a form gets that
was let through and is empty.
`

const commonLegend = `
reader, writer and manager have a group's permission on the packages of labs and
vault, guest and helper are collaborators who read and write, of brook's too,
neighbour is one who writes to finch alone, specialist is in a group that reads
and administers finch, creator is in a group that writes
everything. The owner is brook. After a status stands which of the packages finch
(public), heron (authenticated), raven (private) and robin (private, brook's own)
the answer names.

In order: `

// statusOf is the status of an answer; the way to the sign-in page is 401.
func statusOf(answer *httptest.ResponseRecorder) int {
	to := answer.Header().Get("Location")
	if answer.Code == http.StatusSeeOther && (to == "/signin" || strings.HasPrefix(to, "/signin?")) {
		return http.StatusUnauthorized
	}
	return answer.Code
}

// wordsOf is an answer as it must be for hidden and absent alike.
func wordsOf(answer *httptest.ResponseRecorder, tg target) string {
	head := answer.Header().Clone()
	for _, volatile := range []string{"X-Request-Id", "Content-Length", "Date"} {
		head.Del(volatile)
	}
	text := fmt.Sprintf("%d %v %s", answer.Code, head, answer.Body)
	if id := answer.Header().Get("X-Request-Id"); id != "" { // error pages show it
		text = strings.ReplaceAll(text, id, "")
	}
	return strings.ReplaceAll(text, tg.pkg, "NAME")
}

// outcome is the status of an answer and, where the question names none, the
// packages that it tells of.
func (m *matrix) outcome(e example, answer *httptest.ResponseRecorder) string {
	text := strconv.Itoa(statusOf(answer))
	if cmp.Or(e.on, m.row.On) == model.OnPackage || answer.Code != http.StatusOK {
		return text
	}
	for _, name := range []string{"finch", "heron", "raven", "robin"} {
		if bytes.Contains(plain(m.T, answer.Body.Bytes()), []byte(name)) {
			text += " " + name
		}
	}
	return text
}

// plain is a body as it is when it is not compressed.
func plain(t *testing.T, body []byte) []byte {
	t.Helper()
	if !bytes.HasPrefix(body, []byte("\x28\xb5\x2f\xfd")) {
		return body
	}
	d, err := zstd.NewReader(nil)
	check(t, err)
	defer d.Close()
	body, err = d.DecodeAll(body, nil)
	check(t, err)
	return body
}
