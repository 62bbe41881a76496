package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"github.com/uptrace/bun"
	"golang.org/x/sync/singleflight"
)

// Options says where the database is.
type Options struct {
	Path string // of the SQLite file, which Open makes when it is missing
	Log  *slog.Logger
}

// Store reads and writes the database, or inside InTx and InReadTx one
// transaction of it. It is safe for concurrent use.
type Store struct {
	db    *database
	read  bun.IDB
	write bun.IDB
	mode  mode
}

// mode tells a Store of the whole database from those within a transaction.
type mode int

const (
	outside mode = iota
	reading
	writing
)

// database is what a Store and its transactions share.
type database struct {
	path    string
	log     *slog.Logger
	writer  *bun.DB
	readers *bun.DB

	pinning sync.Mutex // two statements at once on pinned would share a snapshot
	pinned  *sql.Conn

	together        together
	publishing      together
	coming          *coming
	cache           cache
	loads           singleflight.Group // of rows that the cache misses
	grantSets       cache              // of keptSet
	walIndex        *os.File
	releaseWALIndex func() error
}

// Open opens the database at o.Path, readable by nobody else, and makes an empty
// one when there is none. It does not migrate.
func Open(ctx context.Context, o Options) (*Store, error) {
	path, err := filepath.Abs(o.Path)
	if err != nil {
		return nil, fmt.Errorf("find the database file: %w", err)
	}
	db := &database{path: path, log: o.Log, releaseWALIndex: holdWALIndex(path), coming: newComing()}
	if db.log == nil {
		db.log = slog.New(slog.DiscardHandler)
	}
	if err := db.open(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, damage(full(err))), db.close())
	}
	return &Store{db: db, read: db.readers, write: db.writer}, nil
}

func (db *database) open(ctx context.Context) (err error) {
	empty, err := makeFile(db.path)
	if err != nil {
		return err
	}
	if empty {
		// Turning a new file into WAL mode fails at once when a second process
		// does the same; see lockMigration.
		unlock, err := lockMigration(ctx, db.path)
		if err != nil {
			return err
		}
		defer unlock()
	}
	if db.writer, err = openWriter(db); err != nil {
		return err
	}
	if err = db.writer.PingContext(ctx); err != nil {
		return err
	}
	if db.readers, err = openReaders(db.path); err != nil {
		return err
	}
	if db.pinned, err = db.readers.DB.Conn(ctx); err != nil {
		return err
	}
	if _, err = db.dataVersion(ctx); err == nil {
		db.walIndex = openWALIndex(db.path)
	}
	return err
}

// makeFile makes an empty file for the owner's eyes alone if there is none, and
// reports whether it has no content yet. SQLite gives its companions the same
// mode.
func makeFile(path string) (empty bool, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	return info.Size() == 0, nil
}

// Ping reports whether the database answers a read.
func (s *Store) Ping(ctx context.Context) error {
	var one int
	if err := s.read.NewRaw("SELECT 1").Scan(ctx, &one); err != nil {
		return fmt.Errorf("ask the database: %w", err)
	}
	return nil
}

// DataVersion returns a number that is another one after every commit by
// whichever process, and the same as long as nothing was committed.
func (s *Store) DataVersion(ctx context.Context) (int64, error) { return s.db.dataVersion(ctx) }

func (db *database) dataVersion(ctx context.Context) (version int64, err error) {
	db.pinning.Lock()
	defer db.pinning.Unlock()
	if err := db.pinned.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		return 0, fmt.Errorf("read the data version: %w", err)
	}
	return version, nil
}

// Close ends all connections, when nothing uses the Store any more. Closing twice
// is no error.
func (s *Store) Close() error { return s.db.close() }

func (db *database) close() error {
	var errs []error
	if db.pinned != nil {
		if err := db.pinned.Close(); !errors.Is(err, sql.ErrConnDone) {
			errs = append(errs, err)
		}
	}
	if db.readers != nil {
		errs = append(errs, db.readers.Close())
	}
	if db.writer != nil {
		errs = append(errs, db.writer.Close())
	}
	errs = append(errs, db.releaseWALIndex())
	return errors.Join(errs...)
}
