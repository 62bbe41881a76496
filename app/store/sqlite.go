package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	"modernc.org/sqlite"
)

// readerConnections is how many reads run at once; more wait in the pool's
// queue. One more connection is pinned for DataVersion.
const readerConnections = 8

// busyTimeout is how long a statement waits for another process's transaction.
const busyTimeout = 10 * time.Second

// openWriter opens the one connection that writes. Its transactions are
// immediate, because a deferred one that reads first fails when another process
// has written meanwhile, however long it may wait.
func openWriter(db *database) (*bun.DB, error) {
	return openPool(db.path, db, 1, "_txlock=immediate", cacheOf(8<<20))
}

func openReaders(path string) (*bun.DB, error) {
	return openPool(path, nil, readerConnections+1, "_pragma=query_only(1)", cacheOf(2<<20))
}

// cacheOf bounds what a connection keeps of the file. Each reader has its own, and
// behind all is the system's.
func cacheOf(bytes int) string { return fmt.Sprintf("_pragma=cache_size(-%d)", bytes>>10) }

func openPool(path string, writes *database, connections int, extra ...string) (*bun.DB, error) {
	driver, err := sqlite.NewConnector(dsn(path, busyTimeout, append([]string{
		"_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)", "_pragma=foreign_keys(1)", "_pragma=temp_store(MEMORY)",
	}, extra...)...))
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(preparing{driver, writes})
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return bun.NewDB(db, dialect{sqlitedialect.New()}), nil
}

// dsn names a SQLite file with pragmas, which must stand here so that every
// connection of a pool gets them.
func dsn(path string, busy time.Duration, options ...string) string {
	name := (&url.URL{Scheme: "file", Path: path}).String()
	name += fmt.Sprintf("?_pragma=busy_timeout(%d)", busy.Milliseconds())
	for _, o := range options {
		name += "&" + o
	}
	return name
}

// lockMigration makes other processes that would change the schema of the
// database at path wait until unlock is called. The lock is a transaction on an
// empty database beside it, so a crash frees it and ctx ends the wait.
func lockMigration(ctx context.Context, path string) (unlock func(), err error) {
	path += "-migration"
	if _, err := makeFile(path); err != nil {
		return nil, fmt.Errorf("lock the schema: %w", err)
	}
	db, err := sql.Open("sqlite", dsn(path, time.Hour, "_txlock=immediate"))
	if err != nil {
		return nil, fmt.Errorf("lock the schema: %w", err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock the schema: %w", err), db.Close())
	}
	return func() { _ = errors.Join(tx.Rollback(), db.Close()) }, nil
}
