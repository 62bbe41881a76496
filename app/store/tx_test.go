package store

import (
	"context"
	"errors"
	"sync"
	"testing"

	"vivarium/app/model"
)

var errNo = errors.New("no")

func TestInTxCommitsOrNot(t *testing.T) {
	t.Parallel()
	s, ctx := openTest(t), t.Context()
	for login, fail := range map[string]error{"ada": nil, "brook": errNo} {
		err := s.InTx(ctx, func(tx *Store) error {
			check(t, tx.RetireLogin(ctx, login, "", noon))
			same(t, login+" within", get(tx.LoginRetired(ctx, login))(t), true)
			same(t, login+" outside", get(s.LoginRetired(ctx, login))(t), false)
			return fail
		})
		if !errors.Is(err, fail) {
			t.Errorf("got %v, want %v", err, fail)
		}
	}
	same(t, "committed", get(s.LoginRetired(ctx, "ada"))(t), true)
	same(t, "rolled back", get(s.LoginRetired(ctx, "brook"))(t), false)
}

func TestInTxJoins(t *testing.T) {
	t.Parallel()
	s, ctx := openTest(t), t.Context()
	err := s.InTx(ctx, func(tx *Store) error {
		check(t, tx.InTx(ctx, func(inner *Store) error { return inner.RetireLogin(ctx, "ada", "", noon) }))
		check(t, tx.InReadTx(ctx, func(inner *Store) error {
			same(t, "what the transaction wrote", get(inner.LoginRetired(ctx, "ada"))(t), true)
			return nil
		}))
		return errNo
	})
	if !errors.Is(err, errNo) || get(s.LoginRetired(ctx, "ada"))(t) {
		t.Errorf("got %v, want the inner transaction undone with the outer", err)
	}
}

func TestInReadTxIsASnapshot(t *testing.T) {
	t.Parallel()
	s, ctx := openTest(t), t.Context()
	check(t, s.InReadTx(ctx, func(tx *Store) error {
		same(t, "before", get(tx.LoginRetired(ctx, "ada"))(t), false)
		check(t, s.RetireLogin(ctx, "ada", "", noon))
		same(t, "in the snapshot", get(tx.LoginRetired(ctx, "ada"))(t), false)
		return tx.InReadTx(ctx, func(inner *Store) error {
			same(t, "in the snapshot, joined", get(inner.LoginRetired(ctx, "ada"))(t), false)
			return nil
		})
	}))
	same(t, "after", get(s.LoginRetired(ctx, "ada"))(t), true)
}

func TestInReadTxDoesNotWrite(t *testing.T) {
	t.Parallel()
	s, ctx := openTest(t), t.Context()
	check(t, s.InReadTx(ctx, func(tx *Store) error {
		if err := tx.RetireLogin(ctx, "ada", "", noon); err == nil {
			t.Error("wrote in a read transaction")
		}
		if err := tx.InTx(ctx, func(*Store) error { return nil }); err == nil {
			t.Error("began a write transaction in a read transaction")
		}
		return nil
	}))
}

func TestInTxEndsWithItsContext(t *testing.T) {
	t.Parallel()
	s := openTest(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := s.InTx(ctx, func(tx *Store) error {
		check(t, tx.RetireLogin(ctx, "ada", "", noon))
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
	same(t, "written", get(s.LoginRetired(t.Context(), "ada"))(t), false)
}

// TestConcurrentWriters lets two processes of eight writers each read and then
// write, which fails at once where transactions are not immediate.
func TestConcurrentWriters(t *testing.T) {
	t.Parallel()
	here := newWorld(t)
	there := openAt(t, here.db.path)
	ada := here.user("ada")
	const writers, times = 8, 20
	var all sync.WaitGroup
	for i := range 2 * writers {
		s := []*Store{here.Store, there}[i%2]
		all.Go(func() {
			for range times {
				if err := s.InTx(context.Background(), func(tx *Store) error { return raise(tx, ada.ID) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	got := get(here.AccountByID(t.Context(), ada.ID))(t)
	same(t, "sum of what all wrote", got.AuthVersion, int64(2*writers*times))
	same(t, "change log", len(get(here.Changes(t.Context(), ada.ID, 0))(t)), 2*writers*times)
}

func raise(tx *Store, accountID int64) error {
	ctx := context.Background()
	a, err := tx.AccountByID(ctx, accountID)
	if err != nil {
		return err
	}
	a.AuthVersion++
	if _, err := tx.AppendChanges(ctx, accountID, noon, []model.IndexChange{{}}); err != nil {
		return err
	}
	return tx.UpdateAccount(ctx, &a, "auth_version")
}
