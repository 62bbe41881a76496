package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"slices"

	"modernc.org/sqlite"
)

// maxPrepared bounds the statements that a connection keeps prepared: each takes some
// ten thousand bytes.
const maxPrepared = 64

// preparing opens connections that keep prepared what they are asked, since reading
// and planning a statement costs SQLite more than most of them take to run.
type preparing struct {
	driver.Connector
	db *database // whose rows change by these connections; nil if they only read
}

// Connect implements driver.Connector.
func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	whole, ok := c.(wholeConn)
	if !ok {
		return nil, errors.Join(errors.New("open a connection: the driver cannot do all that is needed"), c.Close())
	}
	made := &preparingConn{wholeConn: whole, db: p.db}
	if p.db == nil {
		return made, nil
	}
	if err := whole.RegisterAuthorizer(made.authorize); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return made, nil
}

// wholeConn is what a connection of the driver can do. All of it must come through.
type wholeConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	sqlite.AuthorizerRegisterer
}

// wholeStmt is what a prepared statement of the driver can do.
type wholeStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// preparingConn is one of these connections. Like any, it is used by one goroutine at
// a time.
type preparingConn struct {
	wholeConn
	idle []prepared // what was used last is at the end
	// uninterrupted lets statements come to their end when their context is done.
	uninterrupted bool

	db      *database // see BeginTx; nil if nothing is remembered over its commits
	touched nouns     // whose rows were written since BeginTx
}

// prepared is a statement without its values.
type prepared struct {
	text    string
	stmt    wholeStmt
	touches nouns
}

// ExecContext implements driver.ExecerContext.
func (c *preparingConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if c.uninterrupted {
		ctx = context.WithoutCancel(ctx)
	}
	text, values, ok := takeValues(query)
	if !ok || len(args) > 0 {
		return c.wholeConn.ExecContext(ctx, query, args)
	}
	p, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	var result driver.Result
	p.touches = c.noting(p.touches, func() { result, err = p.stmt.ExecContext(ctx, values) })
	return result, c.give(p, err)
}

// QueryContext implements driver.QueryerContext.
func (c *preparingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if c.uninterrupted {
		ctx = context.WithoutCancel(ctx)
	}
	text, values, ok := takeValues(query)
	if !ok || len(args) > 0 {
		return c.wholeConn.QueryContext(ctx, query, args)
	}
	return c.query(ctx, text, values)
}

// query runs a statement that is kept prepared.
func (c *preparingConn) query(ctx context.Context, text string, values []driver.NamedValue) (driver.Rows, error) {
	p, err := c.take(ctx, text)
	if err != nil {
		return nil, err
	}
	var rows driver.Rows
	p.touches = c.noting(p.touches, func() { rows, err = p.stmt.QueryContext(ctx, values) })
	if err != nil {
		return nil, c.give(p, err)
	}
	return &preparedRows{Rows: rows, conn: c, of: p}, nil
}

// take returns a statement that nobody else uses until it is given back: rows that are
// read may be in the way of the like of them.
func (c *preparingConn) take(ctx context.Context, text string) (p prepared, err error) {
	for i, idle := range slices.Backward(c.idle) {
		if idle.text == text {
			c.idle = slices.Delete(c.idle, i, i+1)
			return idle, nil
		}
	}
	var made driver.Stmt
	p.touches = c.noting(0, func() { made, err = c.wholeConn.PrepareContext(ctx, text) })
	if err != nil {
		return p, err
	}
	stmt, ok := made.(wholeStmt)
	if !ok {
		return p, errors.Join(errors.New("prepare a statement: the driver cannot do all that is needed"), made.Close())
	}
	return prepared{text, stmt, p.touches}, nil
}

// give keeps a statement for the next who takes it, unless it failed: nobody knows
// what it holds then. It returns why.
func (c *preparingConn) give(p prepared, failed error) error {
	if failed != nil {
		_ = p.stmt.Close() // says again why it failed
		return failed
	}
	c.idle = append(c.idle, p)
	if len(c.idle) <= maxPrepared {
		return nil
	}
	oldest := c.idle[0]
	c.idle = slices.Delete(c.idle, 0, 1)
	return oldest.stmt.Close()
}

// Close implements driver.Conn.
func (c *preparingConn) Close() error {
	var errs []error
	for _, p := range c.idle {
		errs = append(errs, p.stmt.Close())
	}
	c.idle = nil
	return errors.Join(append(errs, c.wholeConn.Close())...)
}

// preparedRows gives its statement back when it is closed.
type preparedRows struct {
	driver.Rows
	conn   *preparingConn
	of     prepared
	failed error
}

// Next implements driver.Rows.
func (r *preparedRows) Next(dest []driver.Value) error {
	err := r.Rows.Next(dest)
	if err != nil && err != io.EOF {
		r.failed = err
	}
	return err
}

// Close implements driver.Rows.
func (r *preparedRows) Close() error {
	closed := r.Rows.Close()
	_ = r.conn.give(r.of, errors.Join(r.failed, closed))
	return closed
}
