package channelindex_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

func TestOpenIsAsNewAsAsked(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, nil)
	empty := open(t, x, linux64, 1, s, model.Repodata)

	s.set(2, sampleRecords())
	if d := open(t, x, linux64, 1, s, model.Repodata); d.ETag != empty.ETag {
		t.Error("a view that is new enough was built again")
	}
	for _, f := range formats {
		if d := open(t, x, linux64, 2, s, f); d.ETag == empty.ETag {
			t.Errorf("%s is older than asked", f)
		}
	}
	// A reader that read an older number gets what is kept, not an older state.
	if d := open(t, x, linux64, 1, s, model.Repodata); d.ETag == empty.ETag {
		t.Error("an old number brought an old view back")
	}
	if got := s.loads.Load(); got != 2 {
		t.Errorf("loaded %d times, want 2", got)
	}
}

func TestOpenKeepsViewsApart(t *testing.T) {
	t.Parallel()
	x := channelindex.New(model.Clock{})
	keys := []channelindex.Key{
		linux64,
		{AccountID: 2, Label: "main", Subdir: "linux-64", Visibility: channelindex.Public},
		{AccountID: 1, Label: "dev", Subdir: "linux-64", Visibility: channelindex.Public},
		{AccountID: 1, Label: "main", Subdir: "noarch", Visibility: channelindex.Public},
		{AccountID: 1, Label: "main", Subdir: "linux-64", Visibility: channelindex.Owner},
		{AccountID: 1, Label: "main", Subdir: "linux-64", Visibility: channelindex.Authenticated},
	}
	s := newSource(1, nil)
	s.of = func(key channelindex.Key, _ []channelindex.Record) []channelindex.Record {
		return []channelindex.Record{record("name", "1", ".conda", map[string]any{"key": key})}
	}
	seen := map[string]channelindex.Key{}
	for range 2 {
		for _, key := range keys {
			d, err := x.Open(t.Context(), key, 1, s.load, model.Repodata)
			if err != nil {
				t.Fatal(err)
			}
			body := string(read(t, d).Body)
			if other, ok := seen[body]; ok && other != key {
				t.Errorf("%v and %v are the same", other, key)
			}
			seen[body] = key
		}
	}
}

func TestOpenTellsOfOldLoads(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, nil)
	_, err := x.Open(t.Context(), linux64, 2, s.load, model.Repodata)
	if err == nil || !strings.Contains(err.Error(), "older than change 2") {
		t.Errorf("got %v, want an error", err)
	}
}

func TestLoadErrorsAreNotKept(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, nil)
	gone := model.Errorf(model.NotFound, "The channel does not exist.")
	fail := func(context.Context, int64, func(channelindex.Reader) error) error { return gone }
	if _, err := x.Open(t.Context(), linux64, 1, fail, model.Repodata); !errors.Is(err, gone) {
		t.Errorf("got %v, want %v", err, gone)
	}
	if _, err := x.Shard(t.Context(), linux64, 1, fail, strings.Repeat("0", 64)); !errors.Is(err, gone) {
		t.Errorf("shard: got %v, want %v", err, gone)
	}
	open(t, x, linux64, 1, s, model.Repodata)
}

func TestBrokenRecordBreaksOnlyShards(t *testing.T) {
	t.Parallel()
	x := channelindex.New(model.Clock{})
	s := newSource(1, []channelindex.Record{{FileName: "x-1-0.conda", Package: "x", JSON: []byte(`[]`)}})
	open(t, x, linux64, 1, s, model.RepodataZstd)
	if _, err := x.Open(t.Context(), linux64, 1, s.load, model.ShardIndex); err == nil {
		t.Error("a record that is no object got into a shard")
	}
	if _, err := x.Shard(t.Context(), linux64, 1, s.load, strings.Repeat("0", 64)); err == nil || model.CodeOf(err) != model.Internal {
		t.Errorf("shard: got %v, want an unexpected error", err)
	}
}

// A request that goes away must not fail those who wait for the same view.
func TestLoadOutlivesRequest(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := newSource(1, nil)
	load := func(ctx context.Context, id int64, read func(channelindex.Reader) error) error {
		cancel()
		if err := ctx.Err(); err != nil {
			return err
		}
		return s.load(ctx, id, read)
	}
	if _, err := channelindex.New(model.Clock{}).Open(ctx, linux64, 1, load, model.Repodata); err != nil {
		t.Error(err)
	}
}

func TestManyRequestsBuildOnce(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, manyRecords(200))
	var requests sync.WaitGroup
	start := make(chan struct{})
	for i := range 64 {
		requests.Go(func() {
			<-start
			if _, err := x.Open(t.Context(), linux64, 1, s.load, formats[i%len(formats)]); err != nil {
				t.Error(err)
			}
		})
	}
	close(start)
	requests.Wait()
	if got := s.loads.Load(); got != 1 {
		t.Errorf("loaded %d times, want once", got)
	}
}

// Whoever read a number before asking never gets an older state, while changes
// come in, views are freed and forgotten.
func TestNeverStaleUnderLoad(t *testing.T) {
	t.Parallel()
	const changes = 200
	x := channelindex.New(model.Clock{}, channelindex.Memory(100<<10))
	// One more file with each change, so that the content tells the number.
	at := func(seq int) []channelindex.Record { return manyRecords(seq) }
	s := newSource(1, at(1))
	var readers, writer sync.WaitGroup
	done := make(chan struct{})
	for i := range 8 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					checkFresh(t, x, s, formats[i%2*2]) // plain or zstd
				}
			}
		})
	}
	writer.Go(func() {
		defer close(done)
		for seq := 2; seq <= changes; seq++ {
			s.set(int64(seq), at(seq))
			if seq%50 == 0 {
				x.Forget(1)
			}
			checkFresh(t, x, s, model.Repodata)
		}
	})
	writer.Wait()
	readers.Wait()
}

func checkFresh(t *testing.T, x *channelindex.Index, s *source, f model.IndexFormat) {
	seq := s.now().State(channelindex.Public).Seq
	d, err := x.Open(t.Context(), linux64, seq, s.load, f)
	if err != nil {
		t.Error(err)
		return
	}
	body := read(t, d).Body
	if f == model.RepodataZstd {
		body = unzstd(t, body)
	}
	if got := strings.Count(string(body), `"build":`); int64(got) < seq {
		t.Errorf("%s shows %d files, want at least %d", f, got, seq)
	}
}
