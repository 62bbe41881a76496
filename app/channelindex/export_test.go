package channelindex

import "time"

// Advance moves the index's clock.
func (x *Index) Advance(d time.Duration) { x.clock.Offset += d }

// Views returns how many views are kept, and their bytes.
func (x *Index) Views() (n int, bytes int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.recent.Len(), x.bytes
}

// OldShards returns how many shards of views that are gone are kept, and their
// bytes.
func (x *Index) OldShards() (n int, bytes int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.old.order.Len(), x.old.bytes
}
