package channelindex_test

import (
	"fmt"
	"testing"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

// Whoever sees a few packages more gets a view that is made from the one of those
// who do not.
func TestViewsAreMadeFromTheNearest(t *testing.T) {
	t.Parallel()
	w := newWorld(3)
	for i := range 60 {
		w.access[fmt.Sprint("p", i)] = []channelindex.Visibility{channelindex.Public, channelindex.Authenticated, channelindex.Owner}[i%3]
	}
	records := make([]channelindex.Record, 0, 600)
	for i := range cap(records) {
		records = append(records, record(fmt.Sprint("p", i%60), fmt.Sprint(i), ".conda", nil))
	}
	s := newSource(1, records)
	s.of = func(key channelindex.Key, all []channelindex.Record) (shown []channelindex.Record) {
		for _, r := range all {
			if w.shows(key.Visibility, r.Package) {
				shown = append(shown, r)
			}
		}
		return shown
	}
	x := channelindex.New(model.Clock{})
	for _, sight := range worldSights {
		key := linux64
		key.Visibility = sight
		got, want := open(t, x, key, 1, s, model.RepodataZstd), open(t, channelindex.New(model.Clock{}), key, 1, s, model.RepodataZstd)
		if got.ETag != want.ETag {
			t.Errorf("%s: got %s, want %s", sight, got.ETag, want.ETag)
		}
	}
	if got := s.whole.Load(); got != 1+int64(len(worldSights)) {
		t.Errorf("all records were read %d times, want once beside those to compare with", got)
	}
}
