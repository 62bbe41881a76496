package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	diffs "github.com/google/go-cmp/cmp"
)

// rightsTables are those that say who may do what.
var rightsTables = []string{"accounts", "collaborators", "group_members", "group_packages", "groups", "invitations", "packages", "tokens"}

// volatile are columns that say when something was used, by whom or how often, and
// what index it is in.
var volatile = []string{"last_used_at", "last_used_by", "seen_at", "downloads", "seq", "indexed_at", "modified_at", "updated_at", "public_at", "authenticated_at"}

// rows are all rows of tables, as text.
func (s *canarySite) rows(tables ...string) []string {
	s.Helper()
	return rowsIn(s.T, s.config.DataDir, tables...)
}

// same fails the test unless two lists of rows are equal.
func (s *canarySite) same(what string, before, after []string) {
	s.Helper()
	if diff := diffs.Diff(before, after); diff != "" {
		s.Errorf("%s changed (-before +after):\n%s", what, diff)
	}
}

// rowsIn reads tables of the database in a data folder.
func rowsIn(t *testing.T, dir string, tables ...string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "vivarium.db")+"?mode=ro")
	check(t, err)
	defer db.Close()
	var all []string
	for _, table := range tables {
		rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table)
		check(t, err)
		names, err := rows.Columns()
		check(t, err)
		for rows.Next() {
			all = append(all, table+rowText(t, rows, names))
		}
		check(t, rows.Err())
		check(t, rows.Close())
	}
	slices.Sort(all)
	return all
}

func rowText(t *testing.T, rows *sql.Rows, names []string) string {
	t.Helper()
	values, places := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		places[i] = &values[i]
	}
	check(t, rows.Scan(places...))
	var out strings.Builder
	for i, name := range names {
		if !slices.Contains(volatile, name) {
			fmt.Fprintf(&out, " %s=%v", name, values[i])
		}
	}
	return out.String()
}
