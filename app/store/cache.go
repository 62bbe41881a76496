package store

import (
	"context"
	"reflect"
	"sync"

	"vivarium/app/model"
)

// The bounds of the cache. A row heavier than heaviestCachedRow is not kept, so
// that one does not push out all others.
const (
	maxCachedRows     = 16 << 10
	maxCachedBytes    = 16 << 20
	heaviestCachedRow = maxCachedBytes / 64
)

// cache keeps the rows that every request asks for, exactly as long as nobody
// commits anything: they are all of one version of the database.
type cache struct {
	mu    sync.RWMutex
	of    version
	rows  map[rowKey]cachedRow
	bytes int
}

// rowKey says which row: what an account, a package or a user is asked for.
type rowKey struct {
	noun noun
	id   int64
	of   int64
	name string
}

type cachedRow struct {
	row    any // or an absence
	weight int
}

// absence is kept in the place of a row that there is none of: the NotFound.
type absence struct{ error }

// remember returns the row of key from the cache, or reads it with load and keeps
// it. A row is kept when the version was the same before and after reading it, so
// that it is that version's; and it is handed out for a version that was asked
// for after the call began. So no caller is given what a commit had replaced
// before, by whichever process. That there is no such row is remembered too, or
// the time it takes would tell a row that is hidden from one that is not there;
// other errors are not. In a transaction remember only reads.
func remember[T any](ctx context.Context, s *Store, key rowKey, load func() (T, error)) (T, error) {
	if s.mode != outside {
		return load()
	}
	before, err := s.db.version(ctx)
	if err != nil {
		return load()
	}
	if kept, ok := s.db.cache.get(before, key); ok {
		if none, ok := kept.(absence); ok {
			var zero T
			return zero, none.error
		}
		row := kept.(T)
		detach(&row)
		return row, nil
	}
	row, err := load()
	if err != nil && model.CodeOf(err) != model.NotFound {
		return row, err
	}
	if after, failed := s.db.version(ctx); failed == nil && after == before {
		s.db.cache.put(before, key, keepable(row, err))
	}
	return row, err
}

// keepable is what is kept of an answer.
func keepable[T any](row T, err error) any {
	if err != nil {
		return absence{err}
	}
	detach(&row)
	return row
}

func (c *cache) get(of version, key rowKey) (row any, ok bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.of != of {
		return nil, false
	}
	kept, ok := c.rows[key]
	return kept.row, ok
}

func (c *cache) put(of version, key rowKey, row any) {
	weight := weigh(reflect.ValueOf(key)) + weigh(reflect.ValueOf(row))
	if weight > heaviestCachedRow {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of != of || c.rows == nil {
		c.of, c.rows, c.bytes = of, map[rowKey]cachedRow{}, 0
	}
	if _, none := row.(absence); none && len(c.rows) >= maxCachedRows/2 {
		return // names that are guessed push out nothing that there is
	}
	c.bytes += weight - c.rows[key].weight
	c.rows[key] = cachedRow{row, weight}
	for other, kept := range c.rows { // in no order: some row goes
		if len(c.rows) <= maxCachedRows && c.bytes <= maxCachedBytes {
			return
		}
		delete(c.rows, other)
		c.bytes -= kept.weight
	}
}
