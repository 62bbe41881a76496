package store

import (
	"database/sql"
	"errors"
	"fmt"
	"unicode"
	"unicode/utf8"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"vivarium/app/model"
)

// classify turns a database error about a subject, such as `label "dev"`, into a
// model error: NotFound, Conflict or Full. Any other error is wrapped and stays
// Internal. It returns nil for nil.
func classify(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	subject := fmt.Sprintf(format, args...)
	switch code := sqliteCode(err); {
	case errors.Is(err, sql.ErrNoRows):
		return because(err, model.NotFound, "%s does not exist.", capitalize(subject))
	case code == sqlite3.SQLITE_CONSTRAINT_UNIQUE, code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return because(err, model.Conflict, "%s exists already.", capitalize(subject))
	}
	return full(fmt.Errorf("%s: %w", subject, err))
}

// changed is classify for a statement that must touch a row.
func changed(res sql.Result, err error, format string, args ...any) error {
	if err == nil {
		var rows int64
		if rows, err = res.RowsAffected(); err == nil && rows == 0 {
			err = sql.ErrNoRows
		}
	}
	return classify(err, format, args...)
}

// full marks an error that says the disk is full, which people can help. Without
// room for the index of its log, SQLite calls it something else.
func full(err error) error {
	if code := sqliteCode(err); err != nil && (code == sqlite3.SQLITE_FULL || code == sqlite3.SQLITE_IOERR_SHMSIZE) {
		return because(err, model.Full, "The server has no space left to store this. Tell its administrator.")
	}
	return err
}

// ErrDamaged is the cause when a file is no database, or no longer a whole one.
var ErrDamaged = errors.New("the database is damaged")

// damage marks such an error.
func damage(err error) error {
	if code := sqliteCode(err); code == sqlite3.SQLITE_NOTADB || code&0xff == sqlite3.SQLITE_CORRUPT {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

func because(cause error, code model.Code, format string, args ...any) error {
	e := model.Errorf(code, format, args...)
	e.Err = cause
	return e
}

func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return sqlite3.SQLITE_OK
}

func capitalize(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
