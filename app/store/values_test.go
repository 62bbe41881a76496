package store

import (
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestTakeValues(t *testing.T) {
	t.Parallel()
	tests := []struct {
		statement, want string
		values          []any
	}{
		{`SELECT * FROM "a" WHERE id = 17 AND name = 'x'`, `SELECT * FROM "a" WHERE id = ? AND name = ?`, []any{int64(17), "x"}},
		{`UPDATE a SET b = 'it''s', c = '''', d = 'é – 日本'`, `UPDATE a SET b = ?, c = ?, d = ?`, []any{"it's", "'", "é – 日本"}},
		{`DELETE FROM a WHERE hash = X'00FFab' AND x = 'y'`, `DELETE FROM a WHERE hash = ? AND x = ?`, []any{[]byte{0, 0xff, 0xab}, "y"}},
		{`INSERT INTO a (sha256, n2) VALUES ('X''00''', -1234)`, `INSERT INTO a (sha256, n2) VALUES (?, -?)`, []any{"X'00'", int64(1234)}},
		{"\n\tWITH a AS (SELECT 12)\n\tSELECT * FROM a", "\n\tWITH a AS (SELECT ?)\n\tSELECT * FROM a", []any{int64(12)}},
		{`SELECT "it's ""12""" FROM "7 'up'"`, `SELECT "it's ""12""" FROM "7 'up'"`, nil},
		// What SQLite plans by stays, and what stands for something else than itself.
		{`SELECT 1 WHERE type = 'conda' AND sha256 <> '' AND seq > 9`, `SELECT 1 WHERE type = 'conda' AND sha256 <> '' AND seq > 9`, nil},
		{`SELECT a FROM b ORDER BY 1, 2 LIMIT 20 OFFSET 40`, `SELECT a FROM b ORDER BY 1, 2 LIMIT 20 OFFSET ?`, []any{int64(40)}},
		{`SELECT 12.5, .25, 007, 99999999999999999999, X'', a.b12 FROM "c".d34`, `SELECT 12.5, .25, 007, 99999999999999999999, X'', a.b12 FROM "c".d34`, nil},
	}
	for _, tt := range tests {
		text, values, ok := takeValues(tt.statement)
		if !ok || text != tt.want {
			t.Errorf("%s: got %s, %t, want %s", tt.statement, text, ok, tt.want)
		}
		same(t, tt.statement, plainValues(values), tt.values)
	}
}

func plainValues(values []driver.NamedValue) (list []any) {
	for _, v := range values {
		list = append(list, v.Value)
	}
	return list
}

func TestTakeValuesPassesOver(t *testing.T) {
	t.Parallel()
	for _, statement := range []string{
		"", "BEGIN IMMEDIATE", "PRAGMA data_version", "CREATE TABLE a (b DEFAULT 12)", "VACUUM INTO 'x'", "SELECTED 12",
		"SELECT 12; SELECT 13", "SELECT 12 -- 13", "SELECT /* 12 */ 13", "SELECT ?", "SELECT ?!(an error of bun)", "SELECT :a", "SELECT 1e+10", "SELECT 0x1f", "SELECT 'open", `SELECT "open`,
		"SELECT " + strings.Repeat("12, ", maxValues) + "12",
	} {
		if text, _, ok := takeValues(statement); ok {
			t.Errorf("%.40q became %q", statement, text)
		}
	}
}

// FuzzTakeValues puts the values back.
func FuzzTakeValues(f *testing.F) {
	f.Add(`SELECT a FROM "b" WHERE c = 'it''s' AND d = X'00ff' AND e IN (12, 013, 1.5) LIMIT 20`)
	f.Add(`UPDATE x'12' SET "a""12" = '' || 'conda' || '''12'`)
	f.Add(`INSERT INTO a VALUES ('` + "\xff" + `é', 12x, .5, X'0', X'', 'x`)
	f.Fuzz(func(t *testing.T, statement string) {
		text, values, ok := takeValues(statement)
		if !ok {
			return
		}
		if n := strings.Count(statement, "?"); n > 0 {
			return // it stands in a name or a text, and is hard to tell from ours
		}
		for _, v := range values {
			text = strings.Replace(text, "?", literalOf(v.Value), 1)
		}
		if !strings.EqualFold(text, statement) { // hexadecimal digits are of either case
			t.Errorf("%q became %q", statement, text)
		}
	})
}

func literalOf(value driver.Value) string {
	switch v := value.(type) {
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'"
	case []byte:
		return "X'" + hex.EncodeToString(v) + "'"
	}
	return fmt.Sprint(value)
}

// TestStaying reads which texts the conditions of partial indexes have.
func TestStaying(t *testing.T) {
	t.Parallel()
	schema := string(get(os.ReadFile("schema.sql"))(t))
	for _, index := range regexp.MustCompile(`CREATE (?:UNIQUE )?INDEX .* WHERE (.*);`).FindAllStringSubmatch(schema, -1) {
		for _, text := range regexp.MustCompile(`'([^']*)'`).FindAllStringSubmatch(index[1], -1) {
			if !slices.Contains(staying, text[1]) {
				t.Errorf("%q of %s is taken out of statements, so that SQLite cannot choose that index", text[1], index[0])
			}
		}
	}
}

func BenchmarkTakeValues(b *testing.B) {
	w := newWorld(b)
	asked := listen(w.Store)
	_, _ = w.CondaFile(b.Context(), 12, "noarch/package-1.0-0.conda")
	for b.Loop() {
		takeValues(asked.list[0])
	}
}
