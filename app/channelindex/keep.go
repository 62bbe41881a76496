package channelindex

import "time"

// kept returns the view of key when it is at least as new as seq, and nil
// otherwise.
func (x *Index) kept(key Key, seq int64) *view {
	x.mu.Lock()
	defer x.mu.Unlock()
	now := x.clock.Now()
	defer x.dropIdle(now)
	at, ok := x.views[key]
	if !ok {
		return nil
	}
	v := at.Value.(*view)
	if v.seq < seq {
		return nil
	}
	v.used = now
	x.recent.MoveToFront(at)
	return v
}

// install keeps v in the place of an older view of the same key.
func (x *Index) install(v *view) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if at, ok := x.views[v.key]; ok {
		if at.Value.(*view).seq > v.seq {
			return
		}
		x.drop(at.Value.(*view))
	}
	v.used = x.clock.Now()
	x.views[v.key] = x.recent.PushFront(v)
	x.count(v)
}

// settle comes after every use of a view: it may have grown, and it may have
// been dropped while it was in use.
func (x *Index) settle(v *view) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if v.counted == v.size.Load() {
		return
	}
	if at, ok := x.views[v.key]; ok && at.Value == v {
		x.count(v)
		return
	}
	// Its shards became known to a client after it was dropped.
	v.counted = v.size.Load()
	x.shelve(v)
}

// count takes notice of the view's size and drops others until all fit.
func (x *Index) count(v *view) {
	size := v.size.Load()
	x.bytes += size - v.counted
	v.counted = size
	for x.bytes > x.memory-x.memory/4 && x.recent.Len() > 1 {
		x.drop(x.recent.Back().Value.(*view))
	}
}

func (x *Index) dropIdle(now time.Time) {
	for at := x.recent.Back(); at != nil; at = x.recent.Back() {
		v := at.Value.(*view)
		if now.Sub(v.used) < idleAfter {
			return
		}
		x.drop(v)
	}
}

// drop forgets a view. Its shards stay for those who hold its index.
func (x *Index) drop(v *view) {
	x.recent.Remove(x.views[v.key])
	delete(x.views, v.key)
	x.bytes -= v.counted
	x.shelve(v)
}

func (x *Index) shelve(v *view) {
	set := v.made.Load()
	if set == nil {
		return
	}
	now := x.clock.Now()
	for _, s := range set.all {
		x.old.put(placeOf(v.key), s, now)
	}
	x.old.trim(now)
}

// reuse finds an old shard that was made from the same records.
func (x *Index) reuse(key Key, input sum) *shard {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.old.byInput(placeOf(key), input)
}

func (x *Index) oldShard(key Key, hash sum) *shard {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.old.byHash(placeOf(key), hash, x.clock.Now())
}
