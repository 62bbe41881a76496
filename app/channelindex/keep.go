package channelindex

import (
	"errors"
	"fmt"
	"strings"
)

// kept returns the view of key that is kept, or nil.
func (x *Index) kept(key Key) *view {
	x.mu.Lock()
	defer x.mu.Unlock()
	now := x.clock.Now()
	defer x.dropIdle()
	at, ok := x.views[key]
	if !ok {
		return nil
	}
	v := at.Value.(*view)
	v.used = now
	x.recent.MoveToFront(at)
	return v
}

// install keeps v in the place of an older view of the same key.
func (x *Index) install(v *view) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if at, ok := x.views[v.key]; ok {
		if at.Value.(*view).state.Seq > v.state.Seq {
			return
		}
		x.drop(at.Value.(*view))
	}
	v.used = x.clock.Now()
	x.views[v.key] = x.recent.PushFront(v)
	x.count(v)
}

// settle takes notice of a view that has grown.
func (x *Index) settle(v *view) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if at, ok := x.views[v.key]; ok && at.Value == v {
		x.count(v)
	}
}

func (x *Index) count(v *view) {
	size := v.size()
	x.bytes += size - v.counted
	v.counted = size
	x.trim()
}

// trim drops views until the others fit. What views share is counted only when it
// matters, since that looks at every chunk.
func (x *Index) trim() {
	if x.bytes <= max(x.memory, x.fits) {
		return
	}
	for x.recent.Len() > 1 && x.shared() > x.memory-x.memory/16 {
		x.drop(x.recent.Back().Value.(*view))
	}
	x.fits = x.bytes + x.memory/16
}

// shared is the memory of all views, with what several share counted once.
func (x *Index) shared() int64 {
	seen := map[*chunk]bool{}
	n := int64(0)
	for at := x.recent.Front(); at != nil; at = at.Next() {
		n += viewOverhead
		for _, list := range at.Value.(*view).lists {
			for c := range list.chunks {
				if !seen[c] {
					seen[c] = true
					n += c.size()
				}
			}
		}
	}
	return n
}

func (x *Index) dropIdle() {
	now := x.clock.Now()
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
	at := x.views[v.key]
	x.recent.Remove(at)
	delete(x.views, v.key)
	x.bytes -= v.counted
}

// Forget drops all that is kept of an account that is gone.
func (x *Index) Forget(accountID int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for key, at := range x.views {
		if key.AccountID == accountID {
			x.drop(at.Value.(*view))
		}
	}
	x.shelf.forget(accountID)
	x.forgetSaved(accountID)
}

// forgetSaved takes away the saved views of an account. One that stays is never
// asked for, and swept once it is old.
func (x *Index) forgetSaved(accountID int64) {
	if x.folder == nil {
		return
	}
	names, _ := x.folder.Names()
	for _, name := range names {
		if strings.HasPrefix(name, fmt.Sprintf("%s%d-", savedPrefix, accountID)) {
			_ = x.folder.Remove(name)
		}
	}
}

// tidy puts the shelf of shards in order. It is done once in a while.
func (x *Index) tidy() error {
	if !x.shelf.due() {
		return nil
	}
	return withCodec(func(with *codec) (err error) {
		turned := x.shelf.turn(func(yield func(place, sum) bool) {
			for _, v := range x.all() {
				for d, failed := range v.lists[inShards].all(with) {
					if failed != nil {
						err = failed
						return
					}
					if !yield(placeOf(v.key), d.hash()) {
						return
					}
				}
			}
		})
		return errors.Join(err, turned)
	})
}

// all returns the views that are kept.
func (x *Index) all() []*view {
	x.mu.Lock()
	defer x.mu.Unlock()
	var list []*view
	for at := x.recent.Front(); at != nil; at = at.Next() {
		list = append(list, at.Value.(*view))
	}
	return list
}
