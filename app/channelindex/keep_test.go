package channelindex_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

func TestForget(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, sampleRecords())
	other := linux64
	other.AccountID = 2
	for _, key := range []channelindex.Key{linux64, other} {
		openShardIndex(t, x, key, 1, s)
	}
	s.set(2, sampleRecords()[:2])
	for _, key := range []channelindex.Key{linux64, other} {
		openShardIndex(t, x, key, 2, s)
	}
	all, _ := x.Shards()
	x.Forget(1)
	if n, _ := x.Views(); n != 1 {
		t.Errorf("got %d views, want the other account's", n)
	}
	if left, _ := x.Shards(); left != all/2 {
		t.Errorf("got %d of %d old shards, want the other account's", left, all)
	}
	x.Forget(2)
	if n, bytes := x.Views(); n != 0 || bytes != 0 {
		t.Errorf("got %d views of %d bytes, want none", n, bytes)
	}
	if n, _ := x.Shards(); n != 0 {
		t.Errorf("got %d shards, want none", n)
	}
}

// distinct is a source whose views have nothing in common.
func distinct(n int) *source {
	s := newSource(1, manyRecords(n))
	s.of = func(key channelindex.Key, all []channelindex.Record) []channelindex.Record {
		own := slices.Clone(all)
		for i := range own {
			own[i].JSON = json.RawMessage(strings.Replace(string(own[i].JSON), `"license":"MIT"`, `"license":"`+key.Label+`"`, 1))
		}
		return own
	}
	return s
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	const limit = 1 << 20
	x, s := channelindex.New(model.Clock{}, channelindex.Memory(limit)), distinct(400)
	key := linux64
	for i := range 30 {
		key.Label = fmt.Sprint(i)
		for _, f := range formats {
			open(t, x, key, 1, s, f)
			open(t, x, linux64, 1, s, f) // in use, so it stays
			if views := x.Shared(); views > limit {
				t.Fatalf("got %d bytes of views, want at most %d", views, limit)
			}
		}
	}
	if n, _ := x.Views(); n < 2 || n == 31 {
		t.Errorf("got %d views, want as many as fit", n)
	}
	loads := s.loads.Load()
	open(t, x, linux64, 1, s, model.Repodata)
	if s.loads.Load() != loads {
		t.Error("the view used most was dropped")
	}
}

// Labels on the same files take the memory of one.
func TestEqualViewsShareMemory(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}, channelindex.Memory(1<<20)), newSource(1, manyRecords(400))
	key := linux64
	for i := range 30 {
		key.Label = fmt.Sprint(i)
		for _, f := range formats {
			open(t, x, key, 1, s, f)
		}
	}
	if n, bytes := x.Views(); n != 30 || bytes <= 1<<20 {
		t.Errorf("got %d views of %d bytes, want all 30 and more than fit if they shared nothing", n, bytes)
	}
}

// Anybody may ask for any label; each has an empty view.
func TestEmptyViewsAreBounded(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}, channelindex.Memory(1<<20)), newSource(1, nil)
	key := linux64
	for i := range 1000 {
		key.Label = fmt.Sprint(i)
		open(t, x, key, 1, s, model.Repodata)
	}
	if n, _ := x.Views(); n < 10 || n > 200 {
		t.Errorf("got %d views in a MiB, want about 180", n)
	}
}

func TestViewAboveTheBoundIsServed(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}, channelindex.Memory(1)), newSource(1, manyRecords(100))
	for range 3 {
		open(t, x, linux64, 1, s, model.RepodataZstd)
		readShard(t, x, linux64, 1, s, openShardIndex(t, x, linux64, 1, s).hashOf("package00003"))
	}
	if got := s.loads.Load(); got != 1 {
		t.Errorf("loaded %d times, want the only view kept", got)
	}
}

func TestIdleViewsGo(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, sampleRecords())
	idle := linux64
	idle.Label = "idle"
	open(t, x, idle, 1, s, model.Repodata)
	for range 3 {
		x.Advance(25 * time.Minute)
		open(t, x, linux64, 1, s, model.Repodata)
	}
	if n, _ := x.Views(); n != 1 {
		t.Errorf("got %d views, want the used one", n)
	}
	if got := s.loads.Load(); got != 2 {
		t.Errorf("loaded %d times, want 2: the used view stays", got)
	}
}
