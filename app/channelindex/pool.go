package channelindex

import (
	"runtime"
	"sync"
	"weak"
)

// pool finds the chunks that are in use by their hash, so that equal chunks of
// several views are one, and a view that is built anew packs nothing that another
// has packed.
type pool struct {
	mu     sync.Mutex
	chunks map[sum]weak.Pointer[chunk]
}

func newPool() *pool { return &pool{chunks: map[sum]weak.Pointer[chunk]{}} }

func (p *pool) find(hash sum) *chunk {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.chunks[hash].Value()
}

// keep returns the chunk to use: c, or one like it that was there before.
func (p *pool) keep(c *chunk) *chunk {
	p.mu.Lock()
	defer p.mu.Unlock()
	if other := p.chunks[c.hash].Value(); other != nil {
		return other
	}
	p.chunks[c.hash] = weak.Make(c)
	runtime.AddCleanup(c, p.gone, c.hash)
	return c
}

// gone forgets a chunk that nobody uses any more, unless a new one is there.
func (p *pool) gone(hash sum) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.chunks[hash].Value() == nil {
		delete(p.chunks, hash)
	}
}
