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
	var live, dead []string
	for _, a := range s.all {
		if a.dead {
			dead = append(dead, a.name)
		} else {
			live = append(live, a.name)
		}
	}
	text := strings.Join(names, ", ")
	if strings.HasPrefix(outcome, "401") {
		text = strings.TrimSuffix(strings.TrimSuffix(text, strings.Join(dead, ", ")), ", ")
	}
	everyone := strings.Join(live, ", ")
	signedIn := strings.TrimPrefix(everyone, "anonymous, ")
	return strings.Replace(strings.Replace(text, everyone, "everyone", 1), signedIn, "everyone signed in", 1)
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
	default:
		words = fmt.Sprintf("%s on the %s", needs, on)
	}
	if len(row.Scopes) > 0 {
		words += "; " + model.ScopeSet(row.Scopes).String()
	}
	if row.Open {
		words = "open"
	}
	if e.unlike != "" {
		words += "; " + e.unlike
	}
	return words
}

func note(e example) string {
	if e.note == "" {
		return ""
	}
	return " with " + e.note
}

// legend explains the golden file to who reads it.
func legend(w *world) string {
	var names []string
	for _, a := range w.actors {
		names = append(names, a.name)
	}
	return `Who gets what, at every address that programs use. Made by TestMatrix; rewrite it
with: go test ./app -run TestMatrix -update

Everybody sends a token for everything, but for the ones that are named after a
scope: those are the owner's, with that scope alone. reader, writer and manager
have a group's permission on the packages, guest and helper are collaborators who
read and write, neighbour is one who writes to shown alone,
specialist is in a group that reads but administers shown, creator is in a group
that writes everything. organization is a token of labs itself. expired, revoked
and disabled were once the owner's, or of an owner; they get 401, and are named
only where they do not. After a status stands which of the packages shown
(public), inner (authenticated) and hush (private) the answer names. "by ..." is
a form of credential that came out otherwise than a token in Authorization.

In order: ` + strings.Join(names, ", ") + "\n"
}

// wordsOf is an answer as it must be for hidden and absent alike.
func wordsOf(answer *httptest.ResponseRecorder, tg target) string {
	head := answer.Header().Clone()
	for _, volatile := range []string{"X-Request-Id", "Content-Length", "Date"} {
		head.Del(volatile)
	}
	text := fmt.Sprintf("%d %v %s", answer.Code, head, answer.Body)
	return strings.ReplaceAll(text, tg.pkg, "NAME")
}

// outcome is the status of an answer and, where the question names none, the
// packages that it tells of.
func (m *matrix) outcome(on model.Target, answer *httptest.ResponseRecorder) string {
	text := strconv.Itoa(answer.Code)
	if on == model.OnPackage {
		return text
	}
	for _, tg := range packageTargets[:3] {
		if bytes.Contains(plain(m.T, answer.Body.Bytes()), []byte(tg.pkg)) && answer.Code == http.StatusOK {
			text += " " + tg.pkg
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
