package channelindex_test

import (
	"fmt"
	"testing"
	"time"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

func TestApplyFreesStaleViews(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(3, sampleRecords())
	other := linux64
	other.AccountID = 2
	open(t, x, linux64, 3, s, model.Repodata)
	open(t, x, other, 3, s, model.Repodata)

	x.Apply(1, []model.IndexChange{{AccountID: 1, Seq: 2}, {AccountID: 1, Seq: 3}})
	if n, _ := x.Views(); n != 2 {
		t.Errorf("a change that the views have: got %d views, want 2", n)
	}
	x.Apply(1, []model.IndexChange{{AccountID: 1, Seq: 4}})
	if n, _ := x.Views(); n != 1 {
		t.Errorf("a newer change: got %d views, want the other account's", n)
	}
	x.Apply(2, nil)
	if n, _ := x.Views(); n != 1 {
		t.Errorf("no change: got %d views, want 1", n)
	}
}

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
	all, _ := x.OldShards()
	x.Forget(1)
	if n, _ := x.Views(); n != 1 {
		t.Errorf("got %d views, want the other account's", n)
	}
	if left, _ := x.OldShards(); left != all/2 {
		t.Errorf("got %d of %d old shards, want the other account's", left, all)
	}
	x.Forget(2)
	if n, bytes := x.Views(); n != 0 || bytes != 0 {
		t.Errorf("got %d views of %d bytes, want none", n, bytes)
	}
	if n, bytes := x.OldShards(); n != 0 || bytes != 0 {
		t.Errorf("got %d old shards of %d bytes, want none", n, bytes)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	const limit = 1 << 20
	x, s := channelindex.New(model.Clock{}, channelindex.Memory(limit)), newSource(1, manyRecords(400))
	key := linux64
	for i := range 20 {
		key.Label = fmt.Sprint(i)
		for _, f := range formats {
			open(t, x, key, 1, s, f)
			open(t, x, linux64, 1, s, f) // in use, so it stays
			_, views := x.Views()
			_, shards := x.OldShards()
			if views+shards > limit {
				t.Fatalf("got %d bytes of views and %d of shards, want at most %d", views, shards, limit)
			}
		}
	}
	// Of 21 views, four formats each.
	if n, _ := x.Views(); n < 2 {
		t.Errorf("got %d views, want as many as fit", n)
	}
	loads := s.loads.Load()
	open(t, x, linux64, 1, s, model.Repodata)
	if s.loads.Load() != loads {
		t.Error("the view used most was dropped")
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
