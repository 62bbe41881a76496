package channelindex_test

import (
	"fmt"
	"testing"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

// TestPublishBehindTheLast puts one file after another behind all that there are, and
// takes them away again: some of the last are where a chunk ends, but not a group.
func TestPublishBehindTheLast(t *testing.T) {
	t.Parallel()
	const files = 150
	var records []channelindex.Record
	for i := range files {
		records = append(records, record(fmt.Sprintf("package%04d", i), "1.0", ".conda", nil))
	}
	x, s := channelindex.New(model.Clock{}), newSource(1, nil)
	seq := int64(1)
	for step := range 2 * files {
		shown := records[:min(step, 2*files-step)]
		seq++
		s.set(seq, shown)
		got := open(t, x, linux64, seq, s, model.Repodata)
		want := open(t, channelindex.New(model.Clock{}), linux64, seq, s, model.Repodata)
		if got.ETag != want.ETag || string(got.Body) != string(want.Body) {
			t.Fatalf("with %d files, the last of which is %v, it is not as it is when made from nothing: %s and %s", len(shown), shown[max(0, len(shown)-1):], got.ETag, want.ETag)
		}
	}
}
