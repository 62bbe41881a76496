package channelindex

import (
	"slices"
	"time"
)

// maxInMemory bounds the packs that are in memory since there is no folder, unless
// what is listed now takes more than half of it.
const maxInMemory = 64 << 20

// turnEvery keeps turn from looking at all that is listed more often than it
// matters.
const turnEvery = 12 * time.Hour

// due says whether turn has anything to do.
func (h *shelf) due() bool {
	h.load()
	h.mu.RLock()
	defer h.mu.RUnlock()
	now := h.clock.Now()
	return len(h.packs) > 0 && now.Sub(h.packs[0].day) >= moveAfter && now.Sub(h.turned) >= turnEvery || h.full()
}

func (h *shelf) full() bool { return h.folder == nil && h.size() > h.limit }

func (h *shelf) size() (n int64) {
	for _, p := range h.packs {
		n += p.size
	}
	return n
}

// turn moves the shards that are live out of old packs, and takes the oldest packs
// away; when there is too much in memory, all that is not live.
func (h *shelf) turn(live func(yield func(place, sum) bool)) error {
	now := h.clock.Now()
	h.mu.Lock()
	h.turned = now
	for _, p := range h.packs {
		age := now.Sub(p.day)
		p.old, p.done = age >= moveAfter, age >= dropAfter
		if h.full() {
			p.old, p.done = true, true
		}
	}
	h.mu.Unlock()
	for p, hash := range live {
		if err := h.move(p, hash, now); err != nil {
			return err
		}
	}
	return h.dropDone()
}

// move writes a shard into today's pack when the one that it is in is old.
func (h *shelf) move(p place, hash sum, now time.Time) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	key := h.keyOf(p, hash)
	l, ok := h.where[key]
	if !ok || !l.pack.old {
		return nil
	}
	packed, err := l.pack.read(l.at, int(l.size))
	if err != nil {
		return err
	}
	return h.append(key, packed, now)
}

func (h *shelf) dropDone() (err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for key, l := range h.where {
		if l.pack.done {
			delete(h.where, key)
		}
	}
	h.packs = slices.DeleteFunc(h.packs, func(p *pack) bool {
		if p.done {
			p.close()
		}
		if p.done && p.name != "" {
			err = h.folder.Remove(p.name)
		}
		return p.done
	})
	h.limit = max(maxInMemory, 2*h.size())
	return err
}
