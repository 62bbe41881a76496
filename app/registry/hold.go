package registry

import (
	"sync"

	"vivarium/app/blob"
)

// holds counts the uploads that have stored bytes which no row refers to yet, by
// digest. Another upload of the same bytes that is refused must leave them.
type holds struct {
	mu      sync.Mutex
	uploads map[string]int
}

// hold is what one upload has stored.
type hold struct {
	all   *holds
	names []string
}

// hold returns an empty hold. End it in every case.
func (r *Registry) hold() *hold { return &hold{all: r.holds} }

// commit makes the bytes of w durable and holds them.
func (h *hold) commit(w *blob.Writer) (blob.Digest, error) {
	h.take(w)
	return w.Commit()
}

// commitAll is commit for many, which wait for the disk together.
func (h *hold) commitAll(d *blob.Disk, writers []*blob.Writer) error {
	for _, w := range writers {
		h.take(w)
	}
	return d.CommitAll(writers...)
}

func (h *hold) take(w *blob.Writer) {
	name := w.Digest().SHA256
	h.all.mu.Lock()
	h.all.uploads[name]++
	h.all.mu.Unlock()
	h.names = append(h.names, name)
}

// end gives the bytes back: from here on a row must refer to them, or they are
// removed. It may be called again.
func (h *hold) end() {
	h.all.mu.Lock()
	defer h.all.mu.Unlock()
	for _, name := range h.names {
		if h.all.uploads[name]--; h.all.uploads[name] == 0 {
			delete(h.all.uploads, name)
		}
	}
	h.names = nil
}

// unlessHeld calls remove with those of names that no upload holds. None can take
// one of them meanwhile.
func (a *holds) unlessHeld(names []string, remove func(names []string) error) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	var free []string
	for _, name := range names {
		if name != "" && a.uploads[name] == 0 {
			free = append(free, name)
		}
	}
	if len(free) == 0 {
		return nil
	}
	return remove(free)
}
