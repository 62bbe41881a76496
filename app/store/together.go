package store

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/uptrace/bun"

	"vivarium/app/model"
)

// maxTogether is how many transactions are committed together at most, so that the
// first does not wait long for the last.
const maxTogether = 32

// InSharedTx is InTx for what many do at the same time: those that wait for the writer
// are run one after another, each as if it were alone, and committed together, which
// takes the disk as long as one. It returns after that commit. When fn fails, its work
// alone is undone; when the commit fails, that of all is. So fn must change nothing but
// the database: what it sees of others is not committed yet.
func (s *Store) InSharedTx(ctx context.Context, fn func(tx *Store) error) error {
	if s.mode != outside {
		return s.InTx(ctx, fn)
	}
	m := &member{fn: fn}
	g, leads := s.db.together.join(m)
	return g.run(ctx, s.db, m, leads)
}

// run returns what became of m when the group is committed, which the first sees to.
func (g *group) run(ctx context.Context, db *database, m *member, leads bool) error {
	if leads {
		g.lead(context.WithoutCancel(ctx), db)
	}
	<-g.done
	if m.panicked != nil {
		panic(m.panicked) // that of fn, where it was called
	}
	return full(m.err)
}

// together has the group that takes members, unless there is none.
type together struct {
	mu   sync.Mutex
	open *group
}

// group is transactions that are committed together. Its first member runs all.
type group struct {
	all     *together
	members []*member // guarded by all.mu
	done    chan struct{}
}

// member is a transaction of a group, and what became of it.
type member struct {
	fn       func(*Store) error
	err      error
	panicked any
}

// join puts m into the group that waits, or makes it the first of a new one.
func (t *together) join(m *member) (g *group, leads bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.open == nil {
		t.open, leads = &group{all: t, done: make(chan struct{})}, true
	}
	g = t.open
	if g.members = append(g.members, m); len(g.members) == maxTogether {
		t.open = nil
	}
	return g, leads
}

// next returns member i. When there is none, the group is closed.
func (g *group) next(i int) *member {
	g.all.mu.Lock()
	defer g.all.mu.Unlock()
	if i < len(g.members) {
		return g.members[i]
	}
	if g.all.open == g {
		g.all.open = nil
	}
	return nil
}

// errUnfinished is what members are told when the first of them ended its goroutine.
var errUnfinished = errors.New("commit together with others: the first of them gave up")

// lead runs the members that there are once the writer is free, and those that come
// meanwhile, commits, and tells all.
func (g *group) lead(ctx context.Context, db *database) {
	err := errUnfinished
	defer func() {
		for i := 0; ; i++ { // others may have come after a failure
			m := g.next(i)
			if m == nil {
				break
			}
			if m.err == nil {
				m.err = err
			}
		}
		close(g.done)
	}()
	err = db.uninterrupted(ctx, func(conn bun.Conn) error {
		return conn.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
			for i := 0; ; i++ {
				m := g.next(i)
				if m == nil {
					return nil
				}
				if err := m.run(ctx, &Store{db: db, read: tx, write: tx, mode: writing}); err != nil {
					return err
				}
			}
		})
	})
}

// run runs m so that it can be undone alone. It fails when that cannot be: then SQLite
// has undone everything.
func (m *member) run(ctx context.Context, tx *Store) error {
	if err := tx.mark(ctx, "SAVEPOINT member"); err != nil {
		return err
	}
	m.call(tx)
	if m.err != nil || m.panicked != nil {
		if err := tx.mark(ctx, "ROLLBACK TO member"); err != nil {
			if model.CodeOf(m.err) == model.Full { // which is why, and is so for all
				err = m.err
			}
			return err
		}
	}
	return tx.mark(ctx, "RELEASE member")
}

func (s *Store) mark(ctx context.Context, statement string) error {
	if _, err := s.write.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("commit together with others: %w", err)
	}
	return nil
}

func (m *member) call(tx *Store) {
	defer func() { m.panicked = recover() }()
	m.err = m.fn(tx)
}

// uninterrupted calls do with the writer's connection, none of whose statements ends
// with the request that asked for it: SQLite would undo all that is not committed.
func (db *database) uninterrupted(ctx context.Context, do func(bun.Conn) error) (err error) {
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return err
	}
	mark := func(on bool) error {
		return conn.Raw(func(c any) error {
			c.(*preparingConn).uninterrupted = on
			return nil
		})
	}
	defer func() { err = errors.Join(err, mark(false), conn.Close()) }()
	if err := mark(true); err != nil {
		return err
	}
	return do(conn)
}
