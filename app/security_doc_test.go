package main

import (
	"go/ast"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	threatRow  = regexp.MustCompile(`(?m)^\| ([AUNRTX]\d+) \|.*\| ([^|]*) \|$`)
	threatTest = regexp.MustCompile(`^Test([AUNTX]\d+)[A-Z]`)
)

// testFunctions are the names of all tests.
func testFunctions(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, s := range ours(t) {
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				names[f.Name.Name] = true
			}
		}
	}
	return names
}

// TestSecurityPageNamesTests compares docs/security.md with the tests: each that
// it names is there, and each that is named after a row is in it.
func TestSecurityPageNamesTests(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	tests, rows := testFunctions(t), map[string][]string{}
	for _, m := range threatRow.FindAllStringSubmatch(string(page), -1) {
		rows[m[1]] = strings.Fields(strings.ReplaceAll(m[2], "`", ""))
		for _, name := range rows[m[1]] {
			if !tests[name] {
				t.Errorf("docs/security.md: %s names %s, which is no test", m[1], name)
			}
		}
	}
	if len(rows) < 30 {
		t.Errorf("docs/security.md has %d rows", len(rows))
	}
	for name := range tests {
		if m := threatTest.FindStringSubmatch(name); m != nil && !slices.Contains(rows[m[1]], name) {
			t.Errorf("docs/security.md: the row of %s lacks %s", m[1], name)
		}
	}
}
