package store

import (
	"context"
	"fmt"
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
// commits anything that may change them: they are all of one version of the
// database.
type cache struct {
	mu      sync.RWMutex
	of      version
	shelves [nounCount]shelf
}

// shelf has the rows of one noun.
type shelf struct {
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
		return handOut[T](kept)
	}
	answer, err, _ := s.db.loads.Do(loadName(before, key), func() (any, error) {
		row, err := load()
		if err != nil && model.CodeOf(err) != model.NotFound {
			return nil, err
		}
		answer := keepable(row, err)
		if after, failed := s.db.version(ctx); failed == nil && after == before {
			s.db.cache.put(before, key, answer)
		}
		return answer, nil
	})
	if err != nil {
		return load() // it may have ended with the request of another caller
	}
	return handOut[T](answer)
}

// loadName names a load, which is for all who miss the same row of one version:
// after each commit many do.
func loadName(of version, key rowKey) string {
	return fmt.Sprintf("%x %d %d %d %d %s", of.header, of.data, key.noun, key.id, key.of, key.name)
}

// handOut returns what is kept as a row of the caller's own.
func handOut[T any](kept any) (row T, err error) {
	if none, ok := kept.(absence); ok {
		return row, none.error
	}
	row = kept.(T)
	detach(&row)
	return row, nil
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
	kept, ok := c.shelves[key.noun].rows[key]
	return kept.row, ok
}

func (c *cache) put(of version, key rowKey, row any) {
	weight := weigh(reflect.ValueOf(key)) + weigh(reflect.ValueOf(row))
	if weight > heaviestCachedRow {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of != of {
		c.of, c.shelves = of, [nounCount]shelf{}
	}
	_, none := row.(absence)
	if rows, _ := c.size(); rows >= maxCachedRows/2 && none {
		return // names that are guessed push out nothing that there is
	}
	c.shelves[key.noun].put(key, cachedRow{row, weight})
	for rows, bytes := c.size(); rows > maxCachedRows || bytes > maxCachedBytes; rows, bytes = c.size() {
		c.heaviest().dropOne()
	}
}

func (c *cache) size() (rows, bytes int) {
	for _, s := range c.shelves {
		rows, bytes = rows+len(s.rows), bytes+s.bytes
	}
	return rows, bytes
}

func (c *cache) heaviest() *shelf {
	heaviest := &c.shelves[0]
	for i := range c.shelves {
		if s := &c.shelves[i]; s.bytes > heaviest.bytes {
			heaviest = s
		}
	}
	return heaviest
}

func (s *shelf) put(key rowKey, row cachedRow) {
	if s.rows == nil {
		s.rows = map[rowKey]cachedRow{}
	}
	s.bytes += row.weight - s.rows[key].weight
	s.rows[key] = row
}

// dropOne lets some row go, whichever comes first.
func (s *shelf) dropOne() {
	for key, row := range s.rows {
		delete(s.rows, key)
		s.bytes -= row.weight
		return
	}
}
