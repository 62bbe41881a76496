package registry

import (
	"sync"
	"time"

	"vivarium/app/model"
)

// maxCounted bounds the memory of a windowCounter.
const maxCounted = 50_000

// windowCounter counts what happens by key, each over a time that begins with the
// first.
type windowCounter struct {
	clock  model.Clock
	window time.Duration
	mu     sync.Mutex
	seen   map[string]counted
}

type counted struct {
	count int
	since time.Time
}

func newWindowCounter(clock model.Clock, window time.Duration) *windowCounter {
	return &windowCounter{clock: clock, window: window, seen: map[string]counted{}}
}

// wait is how long until key is below limit again.
func (w *windowCounter) wait(key string, limit int) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.seen[key]
	if c.count < limit {
		return 0
	}
	return max(0, w.window-w.clock.Since(c.since))
}

func (w *windowCounter) count(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.seen) > maxCounted {
		clear(w.seen)
	}
	c := w.seen[key]
	if w.clock.Since(c.since) >= w.window {
		c = counted{since: w.clock.Now()}
	}
	c.count++
	w.seen[key] = c
}

func (w *windowCounter) forget(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.seen, key)
}
