package store

import (
	"strings"
	"time"

	"github.com/uptrace/bun/dialect/sqlitedialect"
)

// timeFormat has a fixed width, so that moments compare as text, and no zone, so
// that they come back in UTC wherever the server stands.
const timeFormat = "'2006-01-02 15:04:05.000000'"

// dialect is bun's SQLite with our ways to write values.
type dialect struct{ *sqlitedialect.Dialect }

// AppendTime writes a moment in UTC, cut to microseconds.
func (dialect) AppendTime(b []byte, t time.Time) []byte {
	return t.UTC().AppendFormat(b, timeFormat)
}

// AppendString writes a NUL as U+FFFD, as bun does with invalid UTF-8. No
// database text holds one, and bun would make the statement fail: a name with a
// NUL in it is not found instead.
func (d dialect) AppendString(b []byte, s string) []byte {
	return d.Dialect.AppendString(b, strings.ReplaceAll(s, "\x00", "\uFFFD"))
}
