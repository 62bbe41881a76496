package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"vivarium/app/model"
)

// idleTexts returns what the writer keeps prepared.
func idleTexts(t *testing.T, s *Store) (texts []string) {
	t.Helper()
	conn := get(s.db.writer.DB.Conn(t.Context()))(t)
	defer func() { check(t, conn.Close()) }()
	check(t, conn.Raw(func(c any) error {
		for _, p := range c.(*preparingConn).idle {
			texts = append(texts, p.text)
		}
		return nil
	}))
	return texts
}

func count(list []string, text string) (n int) {
	for _, t := range list {
		if t == text {
			n++
		}
	}
	return n
}

// TestStatementsAreKept asks for several values by one statement.
func TestStatementsAreKept(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	for i := range 40 {
		a := model.Account{Kind: model.User, Login: fmt.Sprintf("user%d", i), Name: "it's ' one\n", CreatedAt: noon}
		check(t, s.InsertAccount(t.Context(), &a))
		got := get(s.Account(t.Context(), a.Login))(t)
		same(t, "name", got.Name, a.Name)
	}
	texts := idleTexts(t, s)
	for i, text := range texts {
		if count(texts[:i], text) > 0 {
			t.Errorf("kept twice: %s", text)
		}
	}
	if len(texts) == 0 || len(texts) > 8 {
		t.Errorf("%d statements were kept: %q", len(texts), texts)
	}
}

// TestStatementWithinItself asks the like of what is just being read.
func TestStatementWithinItself(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	check(t, s.InTx(t.Context(), func(tx *Store) error {
		for _, first := range []int{10, 20} {
			rows := get(tx.write.QueryContext(t.Context(), "SELECT value FROM json_each(?)", fmt.Sprintf("[%d,11,12]", first)))(t)
			var got []int
			for rows.Next() {
				var outer, inner int
				check(t, rows.Scan(&outer))
				check(t, tx.write.NewRaw("SELECT value FROM json_each(?)", fmt.Sprintf("[%d]", 100+outer)).Scan(t.Context(), &inner))
				got = append(got, outer, inner)
			}
			check(t, errors.Join(rows.Err(), rows.Close()))
			same(t, "numbers", got, []int{first, 100 + first, 11, 111, 12, 112})
		}
		return nil
	}))
}

func TestFewStatementsAreKept(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	ask := func(i int) {
		var got int
		check(t, s.write.NewRaw(fmt.Sprintf(`SELECT ? AS "n%d"`, i), 1000+i).Scan(t.Context(), &got))
		same(t, "value", got, 1000+i)
	}
	for i := range 2 * maxPrepared {
		ask(i)
		ask(0)
	}
	texts := idleTexts(t, s)
	if len(texts) != maxPrepared || texts[maxPrepared-1] != `SELECT ? AS "n0"` {
		t.Errorf("%d are kept, the last of which is %s", len(texts), texts[len(texts)-1])
	}
}

// TestStatementThatFailed does the same once more with other values.
func TestStatementThatFailed(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	insert := func(login string) error {
		return s.InsertAccount(t.Context(), &model.Account{Kind: model.User, Login: login, CreatedAt: noon})
	}
	check(t, insert("ada"))
	fails(t, insert("ada"), model.Conflict, `Account "ada" exists already.`)
	check(t, insert("brook"))

	counting := func(ctx context.Context, most int) (n int, err error) {
		err = s.write.NewRaw("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT count(*) FROM n", most).Scan(ctx, &n)
		return n, err
	}
	for range 3 {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		if n, err := counting(ctx, 1_000_000_000); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("counted to %d: %v", n, err)
		}
		cancel()
		same(t, "numbers", get(counting(t.Context(), 1000))(t), 1000)
	}
}

// TestStatementOutlivesSchema changes the tables behind a statement that is kept.
func TestStatementOutlivesSchema(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "vivarium.db")
	s, other := openAt(t, path), openAt(t, path)
	run := func(s *Store, statement string) {
		t.Helper()
		get(s.write.ExecContext(t.Context(), statement))(t)
	}
	run(s, "CREATE TABLE a (b INTEGER)")
	run(s, "INSERT INTO a (b) VALUES (12)")
	sum := func() (n int) {
		t.Helper()
		check(t, s.read.NewRaw("SELECT coalesce(sum(b), 0) FROM a WHERE b > ?", 10).Scan(t.Context(), &n))
		return n
	}
	same(t, "sum", sum(), 12)
	run(other, "ALTER TABLE a ADD COLUMN c INTEGER")
	run(other, "INSERT INTO a (b, c) VALUES (13, 14)")
	same(t, "sum", sum(), 25)
	run(other, "DROP TABLE a")
	run(other, "CREATE TABLE a (c TEXT, b INTEGER)")
	same(t, "sum", sum(), 0)
	run(s, "INSERT INTO a (c, b) VALUES ('x', 20)")
	same(t, "sum", sum(), 20)
}

// TestCloseEndsStatements closes a database as the last: SQLite takes the log away,
// unless a statement is left.
func TestCloseEndsStatements(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "vivarium.db")
	s := get(Open(t.Context(), Options{Path: path}))(t)
	get(s.Migrate(t.Context()))(t)
	check(t, s.InsertAccount(t.Context(), &model.Account{Kind: model.User, Login: "ada", CreatedAt: noon}))
	get(s.Account(t.Context(), "ada"))(t)
	check(t, s.Close())
	for _, suffix := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(path + suffix); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is still there: %v", suffix, err)
		}
	}
}
