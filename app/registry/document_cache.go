package registry

import (
	"slices"
	"sync"

	"vivarium/app/model"
)

// maxDrawn is how many drawn notebooks are kept; each has a few MiB at most.
const maxDrawn = 8

// drawnNotebooks keeps the notebooks that were drawn last: drawing takes up to
// seconds, and people turn pages.
type drawnNotebooks struct {
	mu   sync.Mutex
	kept []drawnNotebook // the last used is the last
}

type drawnNotebook struct {
	key string
	model.RenderedNotebook
}

// get returns the notebook kept under key, or what draw returns.
func (d *drawnNotebooks) get(key string, draw func() (model.RenderedNotebook, error)) (model.RenderedNotebook, error) {
	if n, ok := d.take(key); ok {
		return n, nil
	}
	n, err := draw()
	if err != nil {
		return n, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.kept = append(d.kept, drawnNotebook{key, n})
	d.kept = slices.Clone(d.kept[max(0, len(d.kept)-maxDrawn):])
	return n, nil
}

func (d *drawnNotebooks) take(key string) (n model.RenderedNotebook, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.kept, func(k drawnNotebook) bool { return k.key == key })
	if i < 0 {
		return n, false
	}
	found := d.kept[i]
	d.kept = append(slices.Delete(d.kept, i, i+1), found)
	return found.RenderedNotebook, true
}
