package store

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/uptrace/bun/migrate"

	"vivarium/app/model"
)

// steps is how many migrations this program knows.
func steps(t *testing.T) int { return len(get(migrations())(t).Sorted()) }

// newest is the version of the schema that this program has.
func newest(t *testing.T) int {
	all := get(migrations())(t).Sorted()
	return get(strconv.Atoi(all[len(all)-1].Name))(t)
}

func TestMigrateTwice(t *testing.T) {
	t.Parallel()
	s, ctx := openAt(t, filepath.Join(t.TempDir(), "vivarium.db")), t.Context()
	same(t, "version before", get(s.Version(ctx))(t), 0)
	same(t, "pending before", get(s.Pending(ctx))(t), steps(t))
	same(t, "applied", get(s.Migrate(ctx))(t), steps(t))
	same(t, "version", get(s.Version(ctx))(t), newest(t))
	same(t, "pending", get(s.Pending(ctx))(t), 0)
	same(t, "applied once more", get(s.Migrate(ctx))(t), 0)
	if copies := get(filepath.Glob(s.db.path + ".before-*"))(t); len(copies) > 0 {
		t.Errorf("an empty database was copied to %v", copies)
	}
}

// TestMigrateAtOnce starts processes together on a database that none has made.
func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	const processes = 6
	path := filepath.Join(t.TempDir(), "vivarium.db")
	var all sync.WaitGroup
	applied := make([]int, processes)
	for i := range processes {
		all.Go(func() {
			s, err := Open(t.Context(), Options{Path: path})
			if err != nil {
				t.Error(err)
				return
			}
			if applied[i], err = s.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	sum := 0
	for _, n := range applied {
		sum += n
	}
	same(t, "migrations run by all together", sum, steps(t))
}

// TestMigrateFillsHoles: a database may have a migration of a higher number before
// one that came into the program later.
func TestMigrateFillsHoles(t *testing.T) {
	t.Parallel()
	s, ctx := openAt(t, filepath.Join(t.TempDir(), "vivarium.db")), t.Context()
	some := fstest.MapFS{}
	entries := get(migrationFiles.ReadDir("migrations/sqlite"))(t)
	for _, e := range entries {
		if number, _, _ := strings.Cut(e.Name(), "_"); number != "011" && number != "012" {
			some[e.Name()] = &fstest.MapFile{Data: get(migrationFiles.ReadFile("migrations/sqlite/" + e.Name()))(t)}
		}
	}
	list := migrate.NewMigrations()
	check(t, list.Discover(some))
	earlier := migrate.NewMigrator(s.db.writer, list, migrate.WithTableName(migrationTable))
	check(t, earlier.Init(ctx))
	get(earlier.Migrate(ctx))(t)

	same(t, "pending", get(s.Pending(ctx))(t), len(entries)-len(some))
	same(t, "applied", get(s.Migrate(ctx))(t), len(entries)-len(some))
	get(s.Collections(ctx, 1))(t)
	same(t, "version", get(s.Version(ctx))(t), newest(t))
}

func TestMigrateRefusesANewerDatabase(t *testing.T) {
	t.Parallel()
	s, ctx := openTest(t), t.Context()
	_, err := s.db.writer.ExecContext(ctx, "INSERT INTO bun_migrations (name, group_id) VALUES ('999', 9)")
	check(t, err)
	_, err = s.Migrate(ctx)
	if model.CodeOf(err) != model.Conflict || !strings.HasPrefix(err.Error(), "The database has version 999, this program knows up to 0") {
		t.Errorf("got %v", err)
	}
	same(t, "version", get(s.Version(ctx))(t), 999)
}

// TestMigrateKeepsACopy migrates a database that has a table but none of ours.
func TestMigrateKeepsACopy(t *testing.T) {
	t.Parallel()
	s, ctx := openAt(t, filepath.Join(t.TempDir(), "vivarium.db")), t.Context()
	_, err := s.db.writer.ExecContext(ctx, "CREATE TABLE precious (x TEXT) STRICT; INSERT INTO precious VALUES ('kept')")
	check(t, err)
	target := s.db.path + ".before-001"
	check(t, os.WriteFile(target, []byte("left by a try that failed"), 0o600))
	get(s.Migrate(ctx))(t)

	if mode := get(os.Stat(target))(t).Mode().Perm(); mode != 0o600 {
		t.Errorf("the copy has mode %o, want 600", mode)
	}
	var x string
	check(t, openAt(t, target).read.NewRaw("SELECT x FROM precious").Scan(ctx, &x))
	same(t, "content of the copy", x, "kept")
	if left := get(filepath.Glob(s.db.path + "*.part"))(t); len(left) > 0 {
		t.Errorf("%v is left behind", left)
	}
}

// TestMigrateFailsWhole runs into a table that is in its way.
func TestMigrateFailsWhole(t *testing.T) {
	t.Parallel()
	s, ctx := openAt(t, filepath.Join(t.TempDir(), "vivarium.db")), t.Context()
	_, err := s.db.writer.ExecContext(ctx, "CREATE TABLE audit (x TEXT) STRICT")
	check(t, err)
	if _, err := s.Migrate(ctx); err == nil {
		t.Fatal("migrated over a table of the same name")
	}
	same(t, "version", get(s.Version(ctx))(t), 0)
	_, err = s.db.writer.ExecContext(ctx, "DROP TABLE audit")
	check(t, err)
	same(t, "applied after the repair", get(s.Migrate(ctx))(t), steps(t))
}

// TestSchema keeps schema.sql, which reviews read instead of the migrations.
func TestSchema(t *testing.T) {
	t.Parallel()
	var list []string
	check(t, openTest(t).read.NewRaw(`SELECT sql FROM sqlite_schema
		WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'bun\_%' ESCAPE '\' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
		ORDER BY tbl_name, type <> 'table', type, name`).Scan(t.Context(), &list))
	golden(t, "schema.sql", strings.Join(list, ";\n\n")+";\n")
}

func TestEveryTableIsStrict(t *testing.T) {
	t.Parallel()
	var loose []string
	check(t, openTest(t).read.NewRaw(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict
		AND name NOT LIKE 'bun\_%' ESCAPE '\' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`).Scan(t.Context(), &loose))
	same(t, "tables that are not STRICT", len(loose), 0)
}

func TestEveryReferenceHasAnIndexAndAnEnd(t *testing.T) {
	t.Parallel()
	s, ctx := openTest(t), t.Context()
	var references []struct{ Table, From, OnDelete string }
	check(t, s.read.NewRaw(`SELECT t.name AS "table", r."from" AS "from", r.on_delete AS on_delete
		FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS r WHERE t.schema = 'main'`).Scan(ctx, &references))
	if len(references) < 15 {
		t.Fatalf("found %d references only", len(references))
	}
	for _, r := range references {
		if r.OnDelete == "NO ACTION" {
			t.Errorf("%s.%s does not say what happens when its row is deleted", r.Table, r.From)
		}
		var first int
		check(t, s.read.NewRaw(`SELECT (SELECT count(*) FROM pragma_index_list(?0) AS i, pragma_index_info(i.name) AS c
			WHERE c.seqno = 0 AND c.name = ?1 AND NOT i.partial) + (SELECT count(*) FROM pragma_table_info(?0) WHERE name = ?1 AND pk = 1)`,
			r.Table, r.From).Scan(ctx, &first))
		if first == 0 {
			t.Errorf("%s.%s has no index, so deleting what it refers to reads the whole table", r.Table, r.From)
		}
	}
}

func TestMigrateTo(t *testing.T) {
	t.Parallel()
	s := openAt(t, filepath.Join(t.TempDir(), "vivarium.db"))
	all := steps(t)
	same(t, "steps", get(s.MigrateTo(t.Context(), 4))(t), 4)
	same(t, "version", get(s.Version(t.Context()))(t), 4)
	same(t, "left", get(s.Pending(t.Context()))(t), all-4)
	same(t, "once more", get(s.MigrateTo(t.Context(), 4))(t), 0)
	same(t, "to a number that none has", get(s.MigrateTo(t.Context(), 6))(t), 0)
	for version, want := range map[int]model.Code{3: model.Conflict, 0: model.Invalid, -1: model.Invalid, 100000: model.Invalid} {
		if _, err := s.MigrateTo(t.Context(), version); model.CodeOf(err) != want {
			t.Errorf("to %d: %v, want %v", version, err, want)
		}
	}
	same(t, "the rest", get(s.Migrate(t.Context()))(t), all-4)
}
