package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"vivarium/app/model"
)

// gathered runs all as shared transactions that wait for the writer together, and
// returns their errors.
func gathered(t *testing.T, s *Store, all ...func(tx *Store) error) []error {
	t.Helper()
	errs := make([]error, len(all))
	var wait sync.WaitGroup
	check(t, s.InTx(t.Context(), func(*Store) error {
		for i, fn := range all {
			wait.Go(func() {
				defer func() {
					if p := recover(); p != nil {
						errs[i] = fmt.Errorf("panic: %v", p)
					}
				}()
				errs[i] = s.InSharedTx(t.Context(), fn)
			})
			for s.waiting() != (i+1)%maxTogether {
				runtime.Gosched()
			}
		}
		return nil
	}))
	wait.Wait()
	return errs
}

// waiting is how many members the group has that takes more.
func (s *Store) waiting() int {
	s.db.together.mu.Lock()
	defer s.db.together.mu.Unlock()
	if s.db.together.open == nil {
		return 0
	}
	return len(s.db.together.open.members)
}

// commits is how many commits the log of the database has seen.
func (s *Store) commits(t *testing.T) uint32 {
	t.Helper()
	h, ok := readWALHeader(s.db.walIndex)
	if !ok {
		t.Fatal("the header of the WAL index cannot be read")
	}
	const counterAt = 8
	return binary.NativeEndian.Uint32(h[counterAt:])
}

func retire(t *testing.T, login string) func(*Store) error {
	return func(tx *Store) error { return tx.RetireLogin(t.Context(), login, "", noon) }
}

func (s *Store) retired(t *testing.T, login string) bool {
	t.Helper()
	return get(s.LoginRetired(t.Context(), login))(t)
}

func TestSharedTxCommitOnce(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	const groups = 3
	var all []func(*Store) error
	for i := range groups * maxTogether {
		all = append(all, retire(t, fmt.Sprint("user", i)))
	}
	before := s.commits(t)
	for i, err := range gathered(t, s, all...) {
		if err != nil || !s.retired(t, fmt.Sprint("user", i)) {
			t.Errorf("transaction %d: %v", i, err)
		}
	}
	if n := s.commits(t) - before; n != groups {
		t.Errorf("%d transactions took %d commits, want %d", len(all), n, groups)
	}
}

// TestSharedTxFailAlone has others fail in every way that there is.
func TestSharedTxFailAlone(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	gone, cancel := context.WithCancel(t.Context())
	spoiled := func(login string, err func(tx *Store) error) func(*Store) error {
		return func(tx *Store) error {
			check(t, retire(t, login)(tx))
			return err(tx)
		}
	}
	errs := gathered(t, s,
		retire(t, "ada"),
		spoiled("brook", func(*Store) error { return errNo }),
		spoiled("casey", func(*Store) error { panic("no") }),
		spoiled("drew", func(tx *Store) error {
			cancel()
			return tx.RetireLogin(gone, "drew2", "", noon)
		}),
		spoiled("emery", func(tx *Store) error {
			l := model.Label{Name: "main", AccountID: 99, CreatedAt: noon}
			_, err := tx.write.NewInsert().Model(&l).Exec(t.Context())
			return err
		}),
		func(tx *Store) error {
			if tx.retired(t, "brook") || !tx.retired(t, "ada") {
				t.Error("brook is there, or ada is not")
			}
			return retire(t, "finley")(tx)
		},
	)
	for i, login := range []string{"ada", "brook", "casey", "drew", "emery", "finley"} {
		if want := i == 0 || i == 5; s.retired(t, login) != want || (errs[i] == nil) != want {
			t.Errorf("%s: got error %v, want success %t", login, errs[i], want)
		}
	}
	if !errors.Is(errs[1], errNo) || errs[2].Error() != "panic: no" || !errors.Is(errs[3], context.Canceled) {
		t.Errorf("got %v", errs[1:4])
	}
}

// TestSharedTxOnAFullDisk lets one of several want more than there is.
func TestSharedTxOnAFullDisk(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	get(s.write.ExecContext(t.Context(), "PRAGMA max_page_count = 400"))(t)
	errs := gathered(t, s,
		retire(t, "ada"),
		func(tx *Store) error { return tx.RetireLogin(t.Context(), "brook", string(make([]byte, 4<<20)), noon) },
		retire(t, "casey"),
	)
	for i, login := range []string{"ada", "brook", "casey"} {
		if s.retired(t, login) != (errs[i] == nil) {
			t.Errorf("%s is there: %t; it was told %v", login, errs[i] != nil, errs[i])
		}
	}
	if model.CodeOf(errs[1]) != model.Full {
		t.Errorf("got %v, want Full", errs[1])
	}
	check(t, s.InSharedTx(t.Context(), retire(t, "drew")))
}

func TestSharedTxWithin(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	err := s.InTx(t.Context(), func(tx *Store) error {
		check(t, tx.InSharedTx(t.Context(), retire(t, "ada")))
		return errNo
	})
	if !errors.Is(err, errNo) || s.retired(t, "ada") {
		t.Errorf("got %v, want the inner transaction undone with the outer", err)
	}
	check(t, s.InSharedTx(t.Context(), func(tx *Store) error { return tx.InTx(t.Context(), retire(t, "brook")) }))
	same(t, "committed", s.retired(t, "brook"), true)
}

// TestSharedTxOfADeadStore closes the database under those that wait.
func TestSharedTxOfADeadStore(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	check(t, s.Close())
	for range 2 {
		if err := s.InSharedTx(t.Context(), retire(t, "ada")); err == nil {
			t.Error("it was committed to a closed database")
		}
	}
}

// BenchmarkSharedTx commits from many goroutines at once, alone and together.
func BenchmarkSharedTx(b *testing.B) {
	for name, run := range map[string]func(*Store, func(*Store) error) error{
		"alone":    func(s *Store, fn func(*Store) error) error { return s.InTx(b.Context(), fn) },
		"together": func(s *Store, fn func(*Store) error) error { return s.InSharedTx(b.Context(), fn) },
	} {
		b.Run(name, func(b *testing.B) {
			s := openTest(b)
			b.SetParallelism(16)
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					check(b, run(s, func(tx *Store) error { return tx.RetireLogin(b.Context(), "ada", "", noon) }))
				}
			})
		})
	}
}
