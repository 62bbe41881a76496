package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"modernc.org/sqlite"
)

// authorize is called by SQLite with all that a statement may do when it plans it, or
// plans it again after the schema changed: what triggers and foreign keys do as well.
// It forbids nothing, and notes whose rows may be written.
func (c *preparingConn) authorize(action sqlite.AuthorizerActionCode, table, _, _, _ string) sqlite.AuthorizerReturnCode {
	switch action {
	case sqlite.AuthInsert, sqlite.AuthUpdate, sqlite.AuthDelete:
		c.touched |= nounsOf[table]
	case sqlite.AuthSelect, sqlite.AuthRead, sqlite.AuthFunction, sqlite.AuthRecursive, sqlite.AuthSavepoint:
	default:
		c.touched = allNouns
	}
	return sqlite.AuthorizerOK
}

// noting does something with a statement of which it is known what it touches, and
// returns that with what SQLite adds now.
func (c *preparingConn) noting(touches nouns, do func()) nouns {
	before := c.touched
	c.touched = touches
	do()
	touches = c.touched
	c.touched |= before
	return touches
}

// PrepareContext implements driver.ConnPrepareContext. Nobody knows when the statement
// is run, so that nothing is carried over the commits of this connection any more.
func (c *preparingConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	c.db = nil
	return c.wholeConn.PrepareContext(ctx, query)
}

// BeginTx implements driver.ConnBeginTx. What is remembered when the transaction begins
// is carried over its commit, but for the rows that it may have written.
func (c *preparingConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	tx, err := c.wholeConn.BeginTx(ctx, o)
	if err != nil || c.db == nil {
		return tx, err
	}
	t := &carryingTx{Tx: tx, conn: c, ctx: context.WithoutCancel(ctx)}
	if t.data, err = c.dataVersion(t.ctx); err != nil {
		return tx, nil // nothing is carried over it
	}
	header, ok := readWALHeader(c.db.walIndex)
	if !ok {
		return tx, nil
	}
	t.before, c.touched = version{header: header}, 0
	return t, nil
}

// carryingTx is a transaction of which it is known what the database was before.
type carryingTx struct {
	driver.Tx
	conn   *preparingConn
	ctx    context.Context
	data   int64   // the connection's data version, read first
	before version // of all when it began
}

// Commit implements driver.Tx. The data version of a connection is another one as soon
// as anybody else has committed. If it is the same when it is read last as when it was
// read first, nothing but this transaction lies between the two headers that were read
// meanwhile.
func (t *carryingTx) Commit() error {
	c := t.conn
	touched := c.touched // before COMMIT, which is among the unknown
	if err := t.Tx.Commit(); err != nil {
		return err
	}
	header, ok := readWALHeader(c.db.walIndex)
	if data, err := c.dataVersion(t.ctx); ok && err == nil && data == t.data {
		c.db.cache.carry(t.before, version{header: header}, touched)
	}
	return nil
}

// dataVersion returns the number that changes with the commits of all others.
func (c *preparingConn) dataVersion(ctx context.Context) (int64, error) {
	rows, err := c.query(ctx, "PRAGMA data_version", nil)
	if err != nil {
		return 0, err
	}
	row := make([]driver.Value, 1)
	if err := errors.Join(rows.Next(row), rows.Close()); err != nil {
		return 0, err
	}
	version, ok := row[0].(int64)
	if !ok {
		return 0, fmt.Errorf("read the data version: it is %v", row[0])
	}
	return version, nil
}

// carry makes the rows of a version those of another, but for what was touched, which
// goes. When somebody has kept rows of the other first, they stay instead: a commit that
// writes the log back to the file takes long after others see it.
func (c *cache) carry(from, to version, touched nouns) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of != from {
		return
	}
	c.of = to
	for n := range c.shelves {
		if touched.has(noun(n)) {
			c.shelves[n] = shelf{}
		}
	}
}
