package store

import (
	"context"
	"sync"
	"time"
)

const (
	gatherFor = 40 * time.Millisecond  // how long a publish waits for others
	expectFor = 100 * time.Millisecond // how long others wait for it
)

// InPublishTx is InSharedTx for what changes the index of a channel. Every commit makes
// a version of it that all readers fetch, so a publish waits a moment for those that are
// expected, to be committed with them. name is what it was expected by, or empty.
func (s *Store) InPublishTx(ctx context.Context, name string, fn func(tx *Store) error) error {
	if s.mode != outside {
		return s.InTx(ctx, fn)
	}
	m := &member{fn: fn}
	g, leads := s.db.publishing.join(m)
	s.db.coming.arrive(name)
	if leads {
		s.db.coming.wait()
	}
	return g.run(ctx, s.db, m, leads)
}

// ExpectPublish says that InPublishTx will soon be called by this name.
func (s *Store) ExpectPublish(name string) { s.db.coming.expect(name) }

// coming are the publishes that are expected. Each has a channel, closed when it
// arrives or has let others wait for too long.
type coming struct {
	gatherFor, expectFor time.Duration

	mu       sync.Mutex
	expected map[string]chan struct{}
}

func newComing() *coming {
	return &coming{gatherFor: gatherFor, expectFor: expectFor, expected: map[string]chan struct{}{}}
}

// expect takes a name that no other has.
func (c *coming) expect(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expected[name] = make(chan struct{})
	time.AfterFunc(c.expectFor, func() { c.arrive(name) })
}

func (c *coming) arrive(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if arrived := c.expected[name]; arrived != nil {
		delete(c.expected, name)
		close(arrived)
	}
}

// wait returns when none is expected any more, and after a while.
func (c *coming) wait() {
	var over <-chan time.Time
	for arrived := c.any(); arrived != nil; arrived = c.any() {
		if over == nil {
			over = time.After(c.gatherFor)
		}
		select {
		case <-arrived:
		case <-over:
			return
		}
	}
}

// any returns the channel of one that is expected, or nil.
func (c *coming) any() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, arrived := range c.expected {
		return arrived
	}
	return nil
}
