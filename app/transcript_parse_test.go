package main

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// transcript is what a client was seen to send, and which statuses it got.
type transcript struct {
	users  []string
	tokens [][]string // name, then scopes
	asked  []exchange
}

// exchange is a request and what became of it. Names in angle brackets stand for
// secrets, and for what differs from run to run.
type exchange struct {
	line           int
	method, target string
	header         [][2]string
	body           []string // its lines, or a line for each part of a form
	status         int
	kind           string // of the answer
}

// readTranscript reads a file in testdata/transcripts:
//
//	# a comment
//	= user LOGIN            what there is before
//	= token NAME SCOPE…     of the first user
//	> METHOD TARGET         a request begins
//	> Header: value
//	>> a line of the body, or: disposition [(type)] = "quoted value"
//	< STATUS [TYPE]         how it was answered
func readTranscript(t *testing.T, file string) transcript {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var tr transcript
	var now exchange
	for n, line := range strings.Split(string(text), "\n") {
		mark, rest, _ := strings.Cut(line, " ")
		words := strings.Fields(rest)
		switch {
		case mark == "" || mark == "#":
		case mark == "=" && words[0] == "user":
			tr.users = append(tr.users, words[1])
		case mark == "=" && words[0] == "token":
			tr.tokens = append(tr.tokens, words[1:])
		case mark == ">" && now.method == "":
			now.line = n + 1
			now.method, now.target, _ = strings.Cut(rest, " ")
		case mark == ">":
			name, value, _ := strings.Cut(rest, ": ")
			now.header = append(now.header, [2]string{name, value})
		case mark == ">>":
			now.body = append(now.body, rest)
		case mark == "<":
			if now.status, err = strconv.Atoi(words[0]); err != nil {
				t.Fatalf("%s:%d: %v", file, n+1, err)
			}
			now.kind = strings.Join(words[1:], " ")
			tr.asked = append(tr.asked, now)
			now = exchange{}
		default:
			t.Fatalf("%s:%d: %q is no line of a transcript", file, n+1, line)
		}
	}
	if len(tr.asked) == 0 || len(tr.users) == 0 {
		t.Fatalf("%s has no requests or no users", file)
	}
	return tr
}
