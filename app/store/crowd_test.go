package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"vivarium/app/model"
)

// crowdSize is how many rows each table of a crowd has, and the first number that has
// none.
const crowdSize = 3

// crowd is a world with rows of every table there is, made from the schema: those of
// one number belong together.
type crowd struct {
	*world
	tables []table
}

type table struct {
	name    string
	columns []column
}

type column struct {
	Table string `bun:"tbl"`
	Name  string `bun:"name"`
	Type  string `bun:"type"`
}

func newCrowd(t testing.TB) *crowd {
	c := &crowd{world: newWorld(t)}
	var columns []column
	check(t, c.read.NewRaw(`SELECT t.name AS tbl, c.name, c.type FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'bun_%' ORDER BY t.name, c.cid`).Scan(t.Context(), &columns))
	for _, col := range columns {
		if n := len(c.tables); n == 0 || c.tables[n-1].name != col.Table {
			c.tables = append(c.tables, table{name: col.Table})
		}
		of := &c.tables[len(c.tables)-1]
		of.columns = append(of.columns, col)
	}
	check(t, c.InTx(t.Context(), func(tx *Store) error { return c.fill(t.Context(), tx) }))
	return c
}

// fill inserts the rows that are missing.
func (c *crowd) fill(ctx context.Context, tx *Store) error {
	err := run(ctx, tx, "PRAGMA defer_foreign_keys = 1")
	for _, table := range c.tables {
		for i := range int64(crowdSize) {
			err = errors.Join(err, run(ctx, tx, table.insert("INSERT OR IGNORE", i)))
		}
	}
	return err
}

// mess writes something somewhere.
func (c *crowd) mess(ctx context.Context, tx *Store, random *rand.Rand) error {
	for range 1 + random.IntN(2) {
		table := c.tables[random.IntN(len(c.tables))]
		some, i := table.columns[random.IntN(len(table.columns))], random.Int64N(crowdSize)
		where := " WHERE " + table.columns[0].Name + " = " + table.columns[0].value(i)
		statement := fmt.Sprintf("UPDATE OR REPLACE %s SET %s = %s", table.name, some.Name, some.value(random.Int64N(crowdSize))) + where
		switch random.IntN(8) {
		case 0:
			statement = "DELETE FROM " + table.name + where
		case 1, 2:
			statement = table.insert("REPLACE", i)
		case 3:
			if err := c.fill(ctx, tx); err != nil {
				return err
			}
		}
		if err := run(ctx, tx, statement); err != nil {
			return err
		}
	}
	return nil
}

func run(ctx context.Context, tx *Store, statement string) error {
	_, err := tx.write.ExecContext(ctx, statement)
	return err
}

// insert is a statement that inserts row i.
func (t table) insert(verb string, i int64) string {
	var names, values []string
	for _, col := range t.columns {
		names, values = append(names, col.Name), append(values, col.value(i))
	}
	return fmt.Sprintf("%s INTO %s (%s) VALUES (%s)", verb, t.name, strings.Join(names, ", "), strings.Join(values, ", "))
}

// textOf is the text of row i, which is a list where a list is wanted.
func textOf(i int64) string { return fmt.Sprintf(`["%d"]`, i) }

// words are for the columns that do not take any text.
var words = map[string][]string{
	"accounts.kind": {"user", "org"}, "files.type": {"conda", "pypi"}, "groups.name": {model.OwnersGroup},
	"packages.access": {"public", "private"}, "packages.status": {"active", "archived"}, "collections.access": {"public"},
	"notices.level": {"info"}, "notices.status": {"draft"},
}

// value is what row i has in the column, as SQL.
func (c column) value(i int64) string {
	some := words[c.Table+"."+c.Name]
	switch {
	case some != nil:
		return "'" + some[i%int64(len(some))] + "'"
	case c.Type == "BLOB":
		return fmt.Sprintf("X'%02x'", i)
	case c.Type == "TEXT" && strings.HasSuffix(c.Name, "_at"):
		return fmt.Sprintf("'2026-03-01 12:00:%02d.000000'", i)
	case c.Type == "TEXT":
		return "'" + textOf(i) + "'"
	case c.Name == "id" || strings.HasSuffix(c.Name, "_id") || strings.HasSuffix(c.Name, "_by"):
		return fmt.Sprint(i)
	}
	return fmt.Sprint(i % 2)
}

// onWriter calls do with the connection that writes.
func (c *crowd) onWriter(t *testing.T, do func(ctx context.Context, conn *preparingConn)) {
	t.Helper()
	conn := get(c.db.writer.DB.Conn(t.Context()))(t)
	defer func() { check(t, conn.Close()) }()
	check(t, conn.Raw(func(dc any) error {
		do(t.Context(), dc.(*preparingConn))
		return nil
	}))
}

// dump returns the rows of each table.
func (c *crowd) dump(t *testing.T, conn *preparingConn) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, table := range c.tables {
		rows := get(conn.query(t.Context(), "SELECT * FROM "+table.name+" ORDER BY 1", nil))(t)
		row := make([]driver.Value, len(rows.Columns()))
		var err error
		for err = rows.Next(row); err == nil; err = rows.Next(row) {
			all[table.name] += fmt.Sprintln(row)
		}
		if err != io.EOF {
			t.Fatal(err)
		}
		check(t, rows.Close())
	}
	return all
}
