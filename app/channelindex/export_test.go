package channelindex

import "time"

// Advance moves the index's clock.
func (x *Index) Advance(d time.Duration) {
	x.clock.Offset += d
	x.shelf.clock.Offset += d
}

// Views returns how many views are kept, and their bytes.
func (x *Index) Views() (n int, bytes int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.recent.Len(), x.bytes
}

// Shards returns how many shards are kept, and the bytes of their packs.
func (x *Index) Shards() (n int, bytes int64) {
	x.shelf.mu.RLock()
	defer x.shelf.mu.RUnlock()
	for _, p := range x.shelf.packs {
		bytes += p.size
	}
	return len(x.shelf.where), bytes
}

// Shared returns the memory of all views, what is in several counted once.
func (x *Index) Shared() int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.shared()
}

// Spoil puts other bytes into the first chunk of packages.conda.
func (x *Index) Spoil(key Key) {
	chunks := x.kept(key).lists[inPackagesConda].groups[0].chunks
	chunks[0].zstd = chunks[1].zstd
}

// Hash writes a hash as shards are asked for.
func Hash(b []byte) string { return sum(b).String() }

// Spool bounds what is kept as files.
func (x *Index) Spool(bytes int64) { x.spool.most = bytes }

// Spooled returns how many indexes are kept as files, and their bytes.
func (x *Index) Spooled() (n int, bytes int64) {
	x.spool.mu.Lock()
	defer x.spool.mu.Unlock()
	return len(x.spool.kept), x.spool.bytes
}
