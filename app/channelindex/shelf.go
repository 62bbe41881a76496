package channelindex

import (
	"container/list"
	"time"
)

// shardLife is how long a shard is answered after the last index that lists it
// went. Clients hold indexes for a while, and a listed shard that is absent ends
// their run (CEP 16 advises a week).
const shardLife = 7 * 24 * time.Hour

// place is where shards may be asked for. Labels and visibilities share them.
type place struct {
	account int64
	subdir  string
}

func placeOf(key Key) place { return place{key.AccountID, key.Subdir} }

type shelfKey struct {
	place
	sum
}

type shelved struct {
	*shard
	place
	since time.Time
}

// shelf keeps the shards of views that are gone, oldest first. It is guarded by
// Index.mu.
type shelf struct {
	limit, bytes int64
	order        *list.List // of *shelved, the oldest at the front
	hashes       map[shelfKey]*list.Element
	inputs       map[shelfKey]*list.Element
}

func newShelf(limit int64) *shelf {
	return &shelf{limit: limit, order: list.New(), hashes: map[shelfKey]*list.Element{}, inputs: map[shelfKey]*list.Element{}}
}

// put keeps s from now on, again if it was there.
func (h *shelf) put(p place, s *shard, now time.Time) {
	key := shelfKey{p, s.hash}
	if at, ok := h.hashes[key]; ok {
		at.Value.(*shelved).since = now
		h.order.MoveToBack(at)
		return
	}
	at := h.order.PushBack(&shelved{s, p, now})
	h.hashes[key] = at
	h.inputs[shelfKey{p, s.input}] = at
	h.bytes += s.size()
}

// trim drops what is too old, and the oldest while there is too much.
func (h *shelf) trim(now time.Time) {
	for at := h.order.Front(); at != nil; at = h.order.Front() {
		if h.bytes <= h.limit && !at.Value.(*shelved).expired(now) {
			return
		}
		h.remove(at)
	}
}

func (h *shelf) remove(at *list.Element) {
	s := at.Value.(*shelved)
	h.order.Remove(at)
	delete(h.hashes, shelfKey{s.place, s.hash})
	if input := (shelfKey{s.place, s.input}); h.inputs[input] == at {
		delete(h.inputs, input)
	}
	h.bytes -= s.size()
}

// forget drops the shards of an account.
func (h *shelf) forget(account int64) {
	for at := h.order.Front(); at != nil; {
		next := at.Next()
		if at.Value.(*shelved).account == account {
			h.remove(at)
		}
		at = next
	}
}

func (h *shelf) byHash(p place, hash sum, now time.Time) *shard {
	at, ok := h.hashes[shelfKey{p, hash}]
	if !ok || at.Value.(*shelved).expired(now) {
		return nil
	}
	return at.Value.(*shelved).shard
}

func (h *shelf) byInput(p place, input sum) *shard {
	if at, ok := h.inputs[shelfKey{p, input}]; ok {
		return at.Value.(*shelved).shard
	}
	return nil
}

func (s *shelved) expired(now time.Time) bool { return now.Sub(s.since) >= shardLife }
