package channelindex

import (
	"bytes"
	"crypto/rand"
	"slices"
	"sync"
	"time"

	"vivarium/app/model"
)

// Shards lie in packs, one for each day. What is still listed when its pack is
// moveAfter old is written into today's, and packs are taken away when they are
// dropAfter old. So a shard stays at least a week after the last index went that
// lists it. Clients hold indexes for a while, and a listed shard that is absent
// ends their run (CEP 16 advises a week).
const (
	moveAfter = 6 * 24 * time.Hour
	dropAfter = 14 * 24 * time.Hour
)

// place is where shards may be asked for. Labels and visibilities share them.
type place struct {
	account int64
	subdir  string
}

func placeOf(key Key) place { return place{key.AccountID, key.Subdir} }

// shelf keeps all shards that may be asked for.
type shelf struct {
	clock  model.Clock
	folder Folder // nil: in memory
	loaded sync.Once

	mu     sync.RWMutex
	limit  int64 // of what is in memory
	turned time.Time
	packs  []*pack // the oldest first
	where  map[shelfKey]location
	places map[place]uint32
}

// shelfKey has a part of the hash, which is enough to find it.
type shelfKey struct {
	place uint32
	hash  [16]byte
}

type location struct {
	pack *pack
	at   int64
	size int32
}

func newShelf(clock model.Clock, folder Folder) *shelf {
	return &shelf{clock: clock, folder: folder, limit: maxInMemory, where: map[shelfKey]location{}, places: map[place]uint32{}}
}

func (h *shelf) keyOf(p place, hash sum) shelfKey {
	number, ok := h.places[p]
	if !ok {
		number = uint32(len(h.places)) + 1
		h.places[p] = number
	}
	return shelfKey{number, [16]byte(hash[:])}
}

// load finds what an earlier process has left. A file that cannot be read is as
// good as none.
func (h *shelf) load() {
	h.loaded.Do(func() {
		if h.folder == nil {
			return
		}
		names, _ := h.folder.Names()
		slices.Sort(names) // by day
		for _, name := range names {
			if day, ok := dayOfPack(name); ok {
				h.loadPack(name, day)
			}
		}
	})
}

func (h *shelf) loadPack(name string, day time.Time) {
	file, err := h.folder.Open(name)
	if err != nil {
		return
	}
	p := &pack{day: day, name: name, file: file}
	p.scan(func(at place, s *shard, offset int64, size int) {
		h.where[h.keyOf(at, s.hash)] = location{p, offset, int32(size)}
	})
	h.packs = append(h.packs, p)
}

// put keeps a shard from now on, again if it was there.
func (h *shelf) put(p place, s *shard) error {
	h.load()
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.clock.Now()
	key := h.keyOf(p, s.hash)
	if l, ok := h.where[key]; ok && !l.pack.old && now.Sub(l.pack.day) < moveAfter {
		return nil
	}
	return h.append(key, packShard(p, s), now)
}

// replace is put for a shard that may be damaged where it is.
func (h *shelf) replace(p place, s *shard) error {
	if kept, err := h.get(p, s.hash); err == nil && kept.name == s.name && bytes.Equal(kept.body, s.body) {
		return h.put(p, s)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.append(h.keyOf(p, s.hash), packShard(p, s), h.clock.Now())
}

func (h *shelf) append(key shelfKey, packed []byte, now time.Time) error {
	today := h.today(now)
	at, err := today.append(packed)
	if err != nil {
		// Whatever ails the disk, the index goes on.
		today = &pack{day: today.day, mine: true}
		h.packs = append(h.packs, today)
		if at, err = today.append(packed); err != nil {
			return err
		}
	}
	h.where[key] = location{today, at, int32(len(packed))}
	return nil
}

// today returns the pack to append to. One that another process has begun is left
// to it.
func (h *shelf) today(now time.Time) *pack {
	day := now.UTC().Truncate(24 * time.Hour)
	if n := len(h.packs); n > 0 && h.packs[n-1].day.Equal(day) && h.packs[n-1].mine && !h.packs[n-1].old {
		return h.packs[n-1]
	}
	p := &pack{day: day, mine: true}
	if h.folder != nil {
		p.name = packPrefix + day.Format(packDay) + "-" + rand.Text() + packSuffix
		p.file, _ = h.folder.Append(p.name) // without a file it is in memory
	}
	h.packs = append(h.packs, p)
	return p
}

// get returns the shard of that hash, or fails with NotFound.
func (h *shelf) get(p place, hash sum) (*shard, error) {
	h.load()
	h.mu.RLock()
	defer h.mu.RUnlock()
	number, ok := h.places[p]
	l, found := h.where[shelfKey{number, [16]byte(hash[:])}]
	if !ok || !found {
		return nil, errNoShard()
	}
	packed, err := l.pack.read(l.at, int(l.size))
	if err != nil {
		return nil, err
	}
	at, s, err := unpackShard(packed)
	if err != nil {
		return nil, err
	}
	if at != p || s.hash != hash {
		return nil, errNoShard()
	}
	return s, nil
}

// has says whether a shard is kept.
func (h *shelf) has(p place, hash sum) bool {
	h.load()
	h.mu.RLock()
	defer h.mu.RUnlock()
	number, ok := h.places[p]
	_, found := h.where[shelfKey{number, [16]byte(hash[:])}]
	return ok && found
}

// forget drops the shards of an account.
func (h *shelf) forget(account int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for p, number := range h.places {
		if p.account != account {
			continue
		}
		delete(h.places, p)
		for key := range h.where {
			if key.place == number {
				delete(h.where, key)
			}
		}
	}
}
