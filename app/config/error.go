package config

import "strconv"

// Error says which key is wrong, where it was set, and why.
type Error struct {
	Key     string
	Where   string // a file and line, an environment variable or a flag
	Problem string
}

// Error returns one line: key, place and problem.
func (e *Error) Error() string {
	s := e.Key
	if e.Where != "" && s != "" {
		s += " (" + e.Where + ")"
	} else if s == "" {
		s = e.Where
	}
	return s + ": " + e.Problem
}

// line names a line of a file for people.
func line(file string, n int) string { return file + ", line " + strconv.Itoa(n) }
