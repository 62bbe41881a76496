package store

import (
	"context"
	"reflect"
	"sync"
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
	row    any
	weight int
}

// remember returns the row of key from the cache, or reads it with load and keeps
// it. A row is kept when the version was the same before and after reading it, so
// that it is that version's; and it is handed out for a version that was asked
// for after the call began. So no caller is given what a commit had replaced
// before, by whichever process. In a transaction remember only reads. Errors,
// nothing found among them, are not kept.
func remember[T any](ctx context.Context, s *Store, key rowKey, load func() (T, error)) (T, error) {
	if s.mode != outside {
		return load()
	}
	before, err := s.db.version(ctx)
	if err != nil {
		return load()
	}
	if kept, ok := s.db.cache.get(before, key); ok {
		row := kept.(T)
		detach(&row)
		return row, nil
	}
	row, err := load()
	if err != nil {
		return row, err
	}
	if after, err := s.db.version(ctx); err == nil && after == before {
		own := row
		detach(&own)
		s.db.cache.put(before, key, own)
	}
	return row, nil
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
