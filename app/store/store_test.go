package store

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/uptrace/bun"

	"vivarium/app/model"
)

var update = flag.Bool("update", false, "write the golden files anew")

// noon is a moment with microseconds, which is what the database keeps.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 123456000, time.UTC)

// openTest returns a migrated store in a folder of its own.
func openTest(t testing.TB) *Store {
	t.Helper()
	s := openAt(t, filepath.Join(t.TempDir(), "vivarium.db"))
	get(s.Migrate(t.Context()))(t)
	return s
}

// openAt opens the database at path and closes it with the test.
func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s := get(Open(t.Context(), Options{Path: path}))(t)
	t.Cleanup(func() { check(t, s.Close()) })
	return s
}

// check ends the test on an error.
func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// get takes the results of a call; what it returns ends the test on the error.
func get[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		check(t, err)
		return v
	}
}

// same compares got and want.
func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: -want +got\n%s", what, diff)
	}
}

// fails wants an error of that code that names its subject.
func fails(t testing.TB, err error, code model.Code, sentence string) {
	t.Helper()
	if model.CodeOf(err) != code || err == nil || err.Error() != sentence {
		t.Errorf("got %v error %q, want %v error %q", model.CodeOf(err), err, code, sentence)
	}
}

// golden compares got with a file of this package, or writes it with -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		check(t, os.WriteFile(name, []byte(got), 0o644))
	}
	same(t, name, got, string(get(os.ReadFile(name))(t)))
}

// statements keeps what a store asks its readers.
type statements struct {
	mu   sync.Mutex
	list []string
}

// listen returns the statements that s sends to its readers from now on.
func listen(s *Store) *statements {
	l := &statements{}
	s.db.readers = s.db.readers.WithQueryHook(l)
	s.read = s.db.readers
	return l
}

func (l *statements) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

func (l *statements) AfterQuery(_ context.Context, e *bun.QueryEvent) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if strings.HasPrefix(strings.TrimSpace(e.Query), "SELECT") {
		l.list = append(l.list, e.Query)
	}
}
