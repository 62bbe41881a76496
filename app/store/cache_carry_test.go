package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"modernc.org/sqlite"

	"vivarium/app/model"
	"vivarium/app/scaletest"
)

// asks has the question of each noun about what a crowd made with the number i.
var asks = [nounCount]func(ctx context.Context, s *Store, i int64) (any, error){
	accountOfLogin: func(ctx context.Context, s *Store, i int64) (any, error) { return s.Account(ctx, textOf(i)) },
	accountOfID:    func(ctx context.Context, s *Store, i int64) (any, error) { return s.AccountByID(ctx, i) },
	tokenOfHash:    func(ctx context.Context, s *Store, i int64) (any, error) { return s.TokenByHash(ctx, []byte{byte(i)}) },
	packageOfName:  func(ctx context.Context, s *Store, i int64) (any, error) { return s.Package(ctx, i, textOf(i)) },
	condaFile:      func(ctx context.Context, s *Store, i int64) (any, error) { return s.CondaFile(ctx, i, textOf(i)) },
	pythonFile:     func(ctx context.Context, s *Store, i int64) (any, error) { return s.PythonFile(ctx, i, textOf(i)) },
	pythonProject:  func(ctx context.Context, s *Store, i int64) (any, error) { return s.PythonProject(ctx, i, textOf(i)) },
	ownership:      func(ctx context.Context, s *Store, i int64) (any, error) { return s.IsOwner(ctx, i, i) },
	grantedOnAll:   func(ctx context.Context, s *Store, i int64) (any, error) { return s.GrantedOnAll(ctx, i, i) },
	grantedOn:      func(ctx context.Context, s *Store, i int64) (any, error) { return s.GrantedOn(ctx, i, i, i) },
	grantedOnAny:   func(ctx context.Context, s *Store, i int64) (any, error) { return s.GrantedOnAny(ctx, i, i) },
	grantSet:       func(ctx context.Context, s *Store, i int64) (any, error) { return s.GrantSet(ctx, i, i) },
	notices:        func(ctx context.Context, s *Store, i int64) (any, error) { return s.Notices(ctx, i) },
	signInOfID:     func(ctx context.Context, s *Store, i int64) (any, error) { return s.SignIn(ctx, i, i) },
}

// answers is what s answers to all of them, errors in words. Grant sets are asked for
// without what counts their changes, which statements that no one makes would mislead.
func answers(ctx context.Context, s *Store) map[string]any {
	all, asks := map[string]any{}, asks
	asks[grantSet] = func(ctx context.Context, s *Store, i int64) (any, error) {
		key := rowKey{noun: grantSet, id: i, of: i}
		return remember(ctx, s, key, func() (GrantSet, error) {
			read, err := s.readGrantSet(ctx, key)
			return read.GrantSet, err
		})
	}
	for n, ask := range asks {
		for i := range int64(crowdSize) {
			row, err := ask(ctx, s, i)
			if err != nil {
				row = err.Error()
			}
			all[fmt.Sprintf("noun %d of %d", n, i)] = row
		}
	}
	return all
}

// TestTablesOf reads from the statements that a noun asks which tables they read, and
// from the source that each noun is asked for in one place.
func TestTablesOf(t *testing.T) {
	t.Parallel()
	var source strings.Builder
	for _, name := range get(filepath.Glob("*.go"))(t) {
		if !strings.HasSuffix(name, "_test.go") {
			source.Write(get(os.ReadFile(name))(t))
		}
	}
	same(t, "places that remember", len(regexp.MustCompile(`\bremember\(ctx, `).FindAllString(source.String(), -1)), len(asks)-2) // granted does three
	same(t, "keys", len(regexp.MustCompile(`rowKey\{`).FindAllString(source.String(), -1)), len(asks))
	for n, ask := range asks {
		c := newCrowd(t)
		asked := listen(c.Store)
		_, err := ask(t.Context(), c.Store, 1)
		if err != nil && model.CodeOf(err) != model.NotFound {
			t.Fatal(err)
		}
		for i, s := range c.db.cache.shelves {
			same(t, fmt.Sprintf("rows of noun %d after noun %d", i, n), len(s.rows) > 0, i == n)
		}
		tables := map[string]bool{}
		for _, statement := range asked.list {
			maps.Copy(tables, c.tablesRead(t, statement))
		}
		same(t, fmt.Sprintf("tables of noun %d", n), slices.Sorted(maps.Keys(tables)), tablesOf[n])
	}
}

// tablesRead returns the tables that a statement reads.
func (c *crowd) tablesRead(t *testing.T, statement string) map[string]bool {
	t.Helper()
	conn := get(c.db.readers.DB.Conn(t.Context()))(t)
	defer func() { check(t, conn.Close()) }()
	tables := map[string]bool{}
	check(t, conn.Raw(func(dc any) error {
		whole := dc.(*preparingConn).wholeConn
		check(t, whole.RegisterAuthorizer(func(action sqlite.AuthorizerActionCode, table, _, _, _ string) sqlite.AuthorizerReturnCode {
			if action == sqlite.AuthRead && !strings.HasPrefix(table, "json_") {
				tables[table] = true
			}
			return sqlite.AuthorizerOK
		}))
		stmt := get(whole.PrepareContext(t.Context(), statement))(t)
		return errors.Join(stmt.Close(), whole.RegisterAuthorizer(nil))
	}))
	return tables
}

// TestRowsAreCarried writes to each table, and counts what is read anew.
func TestRowsAreCarried(t *testing.T) {
	t.Parallel()
	c, ctx := newCrowd(t), t.Context()
	for _, table := range c.tables {
		before := answers(ctx, c.Store)
		asked := listen(c.Store)
		same(t, "answers before "+table.name, answers(ctx, c.Store), before)
		same(t, "statements before "+table.name, len(asked.list), 0)
		update := "UPDATE " + table.name + " SET " + table.columns[0].Name + " = " + table.columns[0].Name
		check(t, c.InTx(ctx, func(tx *Store) error { return run(ctx, tx, update) }))
		for n := range c.db.cache.shelves {
			same(t, fmt.Sprintf("rows of noun %d are left after %s", n, update), len(c.db.cache.shelves[n].rows) > 0, !slices.Contains(tablesOf[n], table.name))
		}
		same(t, "answers after "+table.name, answers(ctx, c.Store), before)
	}
}

// TestTouchedIsAllThatChanges lets SQLite delete and replace rows of each table with
// all that hangs on them, and compares every table with what it was. Each statement is
// planned once and run twice.
func TestTouchedIsAllThatChanges(t *testing.T) {
	t.Parallel()
	c, most := newCrowd(t), 0
	for _, table := range c.tables {
		first := table.columns[0]
		for _, statement := range []string{
			"DELETE FROM " + table.name,
			table.insert("REPLACE", 1),
			fmt.Sprintf("UPDATE OR REPLACE %s SET %s = %s", table.name, first.Name, first.value(1)),
			fmt.Sprintf("WITH x AS (SELECT 1) DELETE FROM %s WHERE %s = %s RETURNING 1", table.name, first.Name, first.value(2)),
		} {
			for range 2 {
				changed, touched := c.try(t, statement)
				most = max(most, len(changed))
				for _, name := range changed {
					if nounsOf[name]&^touched != 0 {
						t.Errorf("%s changed %s unseen", statement, name)
					}
				}
			}
		}
	}
	if most < len(c.tables)/2 {
		t.Errorf("no statement changed more than %d tables", most)
	}
}

// try runs a statement in a transaction that it takes back.
func (c *crowd) try(t *testing.T, statement string) (changed []string, touched nouns) {
	t.Helper()
	c.onWriter(t, func(ctx context.Context, conn *preparingConn) {
		tx := get(conn.BeginTx(ctx, driver.TxOptions{}))(t)
		before := c.dump(t, conn)
		if _, err := conn.ExecContext(ctx, statement, nil); err != nil && !strings.Contains(err.Error(), "constraint failed") {
			t.Errorf("%s: %v", statement, err)
		}
		touched = conn.touched
		for table, rows := range c.dump(t, conn) {
			if before[table] != rows {
				changed = append(changed, table)
			}
		}
		check(t, tx.Rollback())
	})
	return changed, touched
}

// TestTouchedOfANewSchema has another process make a trigger under a statement that is
// kept prepared.
func TestTouchedOfANewSchema(t *testing.T) {
	t.Parallel()
	c := newCrowd(t)
	const statement = "UPDATE photos SET fetched_for = ''"
	_, touched := c.try(t, statement)
	same(t, "touched", touched, nouns(0))
	other := openAt(t, c.db.path)
	get(other.write.ExecContext(t.Context(), "CREATE TRIGGER x AFTER UPDATE ON photos BEGIN UPDATE tokens SET note_url = 'x'; END"))(t)
	for range 2 {
		changed, touched := c.try(t, statement)
		slices.Sort(changed)
		same(t, "changed", changed, []string{"photos", "tokens"})
		same(t, "touched", touched, nouns(1<<tokenOfHash))
	}
}

// TestUnknownTouchesAll runs what is no reading and writing of rows.
func TestUnknownTouchesAll(t *testing.T) {
	t.Parallel()
	c := newCrowd(t)
	touched := func(statement string) (touched nouns) {
		c.onWriter(t, func(ctx context.Context, conn *preparingConn) {
			tx := get(conn.BeginTx(ctx, driver.TxOptions{}))(t)
			get(conn.ExecContext(ctx, statement, nil))(t)
			touched = conn.touched
			check(t, tx.Rollback())
		})
		return touched
	}
	for _, statement := range []string{"CREATE TABLE x (y)", "DROP TABLE photos", "ALTER TABLE photos ADD COLUMN x TEXT", "PRAGMA user_version = 1", "REINDEX", "ANALYZE", "CREATE TEMP TABLE x (y)"} {
		same(t, statement, touched(statement), allNouns)
	}
	same(t, "reading", touched("SELECT count(*), max(login) FROM accounts"), nouns(0))
}

// after calls then when the transaction was committed.
type after struct {
	driver.Tx
	then func()
}

func (a after) Commit() error {
	defer a.then()
	return a.Tx.Commit()
}

// TestCarriedOverOwnCommitAlone commits elsewhere before it is looked what the commit
// of a transaction has changed.
func TestCarriedOverOwnCommitAlone(t *testing.T) {
	t.Parallel()
	for _, writes := range []string{"", "UPDATE photos SET fetched_for = 'x'"} {
		for _, elsewhere := range []bool{false, true} {
			c := newCrowd(t)
			other := openAt(t, c.db.path)
			before := answers(t.Context(), c.Store)
			kept := c.db.cache.of
			c.onWriter(t, func(ctx context.Context, conn *preparingConn) {
				tx := get(conn.BeginTx(ctx, driver.TxOptions{}))(t).(*carryingTx)
				if writes != "" {
					get(conn.ExecContext(ctx, writes, nil))(t)
				}
				tx.Tx = after{tx.Tx, func() {
					if elsewhere {
						check(t, other.UpdateAccount(ctx, &model.Account{ID: 1, Name: "x"}, "name"))
					}
				}}
				check(t, tx.Commit())
			})
			what := fmt.Sprintf("after %q, elsewhere %t: ", writes, elsewhere)
			same(t, what+"version", c.db.cache.of == get(c.db.version(t.Context()))(t), !elsewhere)
			same(t, what+"carried", c.db.cache.of != kept, writes != "" && !elsewhere)
			same(t, what+"answers", reflect.DeepEqual(answers(t.Context(), c.Store), before), !elsewhere)
		}
	}
}

// TestNotCarried has transactions after which nothing is known.
func TestNotCarried(t *testing.T) {
	t.Parallel()
	c := newCrowd(t)
	before := answers(t.Context(), c.Store)
	c.onWriter(t, func(ctx context.Context, conn *preparingConn) {
		tx := get(conn.BeginTx(ctx, driver.TxOptions{}))(t)
		for _, statement := range []string{"PRAGMA defer_foreign_keys = 1", "UPDATE tokens SET account_id = 99"} {
			get(conn.ExecContext(ctx, statement, nil))(t)
		}
		if err := tx.Commit(); err == nil {
			t.Error("committed a token of nobody")
		}

		stmt := get(conn.PrepareContext(ctx, "UPDATE accounts SET closed = ?"))(t).(wholeStmt)
		tx = get(conn.BeginTx(ctx, driver.TxOptions{}))(t)
		get(stmt.ExecContext(ctx, []driver.NamedValue{{Ordinal: 1, Value: int64(0)}}))(t)
		check(t, errors.Join(tx.Commit(), stmt.Close()))
	})
	same(t, "answers after a statement prepared by hand", reflect.DeepEqual(answers(t.Context(), c.Store), before), false)
}

// TestCarriedRowsAreTrue has two Stores and another process write whatever comes, alone
// and together, while others compare what is remembered with what is there.
func TestCarriedRowsAreTrue(t *testing.T) {
	t.Parallel()
	c := newCrowd(t)
	c.user("cleo")
	stopOther := startOther(t, c.Store, func(int64) {})
	stores := []*Store{c.Store, openAt(t, c.db.path)}
	var readers, writers sync.WaitGroup
	var stop atomic.Bool
	var compared atomic.Int64
	rounds := scaletest.Count(t, 1000, 20)
	for _, s := range append(stores, stores...) {
		readers.Go(func() {
			for !stop.Load() {
				if c.compare(t, s) {
					compared.Add(1)
				}
			}
		})
	}
	for i, run := range []func(context.Context, func(*Store) error) error{
		stores[0].InTx, stores[0].InSharedTx, stores[0].InSharedTx, stores[1].InTx,
	} {
		writers.Go(func() {
			random := rand.New(rand.NewPCG(uint64(i), 1))
			for range rounds {
				err := run(context.Background(), func(tx *Store) error { return c.mess(context.Background(), tx, random) })
				if err != nil && !strings.Contains(err.Error(), "constraint failed") {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	stopOther()
	stop.Store(true)
	readers.Wait()
	if compared.Load() < 10 {
		t.Errorf("the database stood still for %d comparisons", compared.Load())
	}
}

// compare compares what s remembers with what it reads, and reports whether it could.
func (c *crowd) compare(t *testing.T, s *Store) bool {
	ctx := context.Background()
	before, err := s.db.version(ctx)
	remembered, fresh := answers(ctx, s), map[string]any{}
	err = errors.Join(err, s.InReadTx(ctx, func(tx *Store) error {
		fresh = answers(ctx, tx)
		return nil
	}))
	after, failed := s.db.version(ctx)
	if err = errors.Join(err, failed); err != nil {
		t.Error(err)
	}
	if before != after {
		return false
	}
	if diff := cmp.Diff(fresh, remembered); diff != "" {
		t.Errorf("remembered: -read +remembered\n%s", diff)
	}
	return true
}
