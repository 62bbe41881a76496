package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"vivarium/app/model"
)

func TestOpenKeepsFilesToItsOwner(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openAt(t, filepath.Join(dir, "vivarium.db"))
	get(s.Migrate(t.Context()))(t)
	entries := get(os.ReadDir(dir))(t)
	if len(entries) < 3 {
		t.Errorf("got %v, want the database with its log and shared memory", entries)
	}
	for _, e := range entries {
		if mode := get(e.Info())(t).Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %o, want 600", e.Name(), mode)
		}
	}
}

func TestOpenTakesAnyFileName(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a b?c#d%20&e=ü")
	check(t, os.Mkdir(dir, 0o700))
	path := filepath.Join(dir, "x?mode=memory.db")
	s := openAt(t, path)
	get(s.Migrate(t.Context()))(t)
	if info := get(os.Stat(path))(t); info.Size() == 0 {
		t.Error("the schema is in another file")
	}
}

func TestOpenFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := Open(t.Context(), Options{Path: filepath.Join(dir, "missing", "x.db")}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v for a folder that is missing", err)
	}
	text := filepath.Join(dir, "text.db")
	check(t, os.WriteFile(text, []byte("This is no database at all, but long enough to be read as the header of one."), 0o600))
	if _, err := Open(t.Context(), Options{Path: text}); err == nil {
		t.Error("opened a text file")
	}
}

func TestConnectionsAreSetUp(t *testing.T) {
	t.Parallel()
	s, ctx := openTest(t), t.Context()
	pragmas := map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000"}
	for pragma, want := range pragmas {
		var onWriter, onReader string
		check(t, s.db.writer.NewRaw("PRAGMA "+pragma).Scan(ctx, &onWriter))
		check(t, s.db.readers.NewRaw("PRAGMA "+pragma).Scan(ctx, &onReader))
		same(t, pragma+" of the writer", onWriter, want)
		same(t, pragma+" of a reader", onReader, want)
	}
	if _, err := s.db.readers.ExecContext(ctx, "DELETE FROM accounts"); err == nil {
		t.Error("a reader wrote")
	}
}

func TestPing(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	check(t, s.Ping(t.Context()))
	check(t, s.Close())
	if err := s.Ping(t.Context()); err == nil {
		t.Error("a closed database answers")
	}
	check(t, s.Close())
}

func TestDataVersion(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "vivarium.db")
	here, there := openAt(t, path), openAt(t, path)
	get(here.Migrate(t.Context()))(t)
	version := func() int64 { return get(here.DataVersion(t.Context()))(t) }
	before := version()
	same(t, "nothing happened", version(), before)

	_, err := here.Account(t.Context(), "ada")
	fails(t, err, model.NotFound, `Account "ada" does not exist.`)
	same(t, "somebody read", version(), before)
	check(t, there.RetireLogin(t.Context(), "ada", "", noon))
	afterwards := version()
	if afterwards == before {
		t.Error("another process's commit went unnoticed")
	}
	check(t, here.RetireLogin(t.Context(), "ada", "renamed", noon))
	if version() == afterwards {
		t.Error("our own commit went unnoticed")
	}
}

func TestDataVersionAskedByMany(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if _, err := s.DataVersion(context.Background()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}
