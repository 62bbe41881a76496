package store

import (
	"context"
	"errors"

	"github.com/uptrace/bun"
)

// InTx runs fn in one immediate transaction on the writer and commits when fn
// returns nil. Within a transaction fn joins it: an error then spoils the whole.
// fn must not do anything slow besides, since all other writers wait.
func (s *Store) InTx(ctx context.Context, fn func(tx *Store) error) error {
	switch s.mode {
	case writing:
		return fn(s)
	case reading:
		return errors.New("begin a write transaction within a read transaction")
	}
	return full(s.db.writer.RunInTx(ctx, nil, func(_ context.Context, tx bun.Tx) error {
		return fn(&Store{db: s.db, read: tx, write: tx, mode: writing})
	}))
}

// InReadTx runs fn on one snapshot of the database: what others commit meanwhile
// is not seen. Within a transaction fn joins it.
func (s *Store) InReadTx(ctx context.Context, fn func(tx *Store) error) error {
	if s.mode != outside {
		return fn(s)
	}
	return s.db.readers.RunInTx(ctx, nil, func(_ context.Context, tx bun.Tx) error {
		return fn(&Store{db: s.db, read: tx, write: tx, mode: reading})
	})
}
