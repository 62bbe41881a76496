package channelindex_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vivarium/app/blob"
	"vivarium/app/channelindex"
	"vivarium/app/model"
)

// cache is a folder in which one process after another keeps its index.
type cache struct {
	dir string
	*blob.Scratch
}

func newCache(t *testing.T) cache {
	t.Helper()
	dir := t.TempDir()
	s, err := blob.OpenScratch(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return cache{dir, s}
}

// start makes the index of another process.
func (c cache) start() *channelindex.Index {
	return channelindex.New(model.Clock{}, channelindex.In(c))
}

func save(t *testing.T, x *channelindex.Index) {
	t.Helper()
	if err := x.Save(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// files lists the files whose names begin so.
func (c cache) files(t *testing.T, prefix string) []string {
	t.Helper()
	names, err := c.Names()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, prefix) })
}

func TestSavedViewIsGoneOnWith(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(900))
	first := c.start()
	before := map[model.IndexFormat]document{}
	for _, f := range formatsOf(linux64) {
		before[f] = open(t, first, linux64, 1, s, f)
	}
	save(t, first)
	second := c.start()
	for f, want := range before {
		if got := open(t, second, linux64, 1, s, f); got.ETag != want.ETag || string(got.Body) != string(want.Body) {
			t.Errorf("%s is another", f)
		}
	}
	s.set(2, append(manyRecords(900), record("package00003", "9", ".conda", nil)))
	open(t, second, linux64, 2, s, model.Repodata)
	if got := s.whole.Load(); got != 1 {
		t.Errorf("all records were read %d times, want once", got)
	}
	fresh := channelindex.New(model.Clock{})
	if got, want := open(t, second, linux64, 2, s, model.RepodataZstd), open(t, fresh, linux64, 2, s, model.RepodataZstd); got.ETag != want.ETag {
		t.Error("the view that was gone on with is another than a new one")
	}
}

// Nothing is written twice, nor what takes no time to make.
func TestOnlyWhatChangedIsSaved(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(600))
	x := c.start()
	open(t, x, linux64, 1, s, model.Repodata)
	small := linux64
	small.Label = "small"
	s.of = func(key channelindex.Key, all []channelindex.Record) []channelindex.Record {
		if key == small {
			return all[:10]
		}
		return all
	}
	open(t, x, small, 1, s, model.Repodata)
	save(t, x)
	names := c.files(t, "view-")
	if len(names) != 1 {
		t.Fatalf("got the files %q, want one", names)
	}
	if strings.Contains(names[0], "main") {
		t.Errorf("the file %s tells the name of a label", names[0])
	}
	path := filepath.Join(c.dir, names[0])
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	size := func() int64 {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	s.set(2, manyRecords(600)) // something else in the channel
	open(t, x, linux64, 2, s, model.Repodata)
	if save(t, x); size() != 0 {
		t.Error("a view that had not changed was saved again")
	}
	s.set(3, manyRecords(601))
	open(t, x, linux64, 3, s, model.Repodata)
	if save(t, x); size() == 0 {
		t.Error("a view that had changed was not saved")
	}
}

// What is not whole, or of another history of the database, is made anew.
func TestSavedViewOfNoUse(t *testing.T) {
	t.Parallel()
	damage := map[string]func(t *testing.T, c cache, s *source){
		"absent":                func(t *testing.T, c cache, _ *source) { removeAll(t, c, "view-") },
		"its shards are absent": func(t *testing.T, c cache, _ *source) { removeAll(t, c, "shards-") },
		"cut": func(t *testing.T, c cache, _ *source) {
			change(t, c, "view-", func(b []byte) []byte { return b[:len(b)-5] })
		},
		"empty": func(t *testing.T, c cache, _ *source) { change(t, c, "view-", func([]byte) []byte { return nil }) },
		"of another program": func(t *testing.T, c cache, _ *source) {
			change(t, c, "view-", func(b []byte) []byte { return append([]byte("other "), b...) })
		},
		"its shards are cut": func(t *testing.T, c cache, _ *source) {
			change(t, c, "shards-", func(b []byte) []byte { return b[:len(b)/2] })
		},
		"a backup was put back": func(_ *testing.T, _ cache, s *source) {
			other := newSource(1, manyRecords(600))
			other.state.log[0].At = time.Unix(99, 0)
			s.state = other.state
		},
		"an older backup was put back": func(_ *testing.T, _ cache, s *source) { s.state = newSource(0, manyRecords(550)).state },
	}
	for i := range 12 { // somewhere
		damage[fmt.Sprint("flipped ", i)] = func(t *testing.T, c cache, _ *source) {
			change(t, c, "view-", func(b []byte) []byte { b[len(b)*i/12] ^= 1 << (i % 8); return b })
		}
	}
	for name, do := range damage {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := newCache(t), newSource(1, manyRecords(600))
			first := c.start()
			openShardIndex(t, first, linux64, 1, s)
			open(t, first, linux64, 1, s, model.RepodataGzip)
			save(t, first)
			do(t, c, s)
			s.state.source = s
			seq := s.now().State(channelindex.Public).Seq
			second, before := c.start(), s.whole.Load()
			index := openShardIndex(t, second, linux64, seq, s)
			if s.whole.Load() == before {
				t.Error("it was used")
			}
			for name := range maps.Keys(index.Shards) {
				readShard(t, second, linux64, seq, s, index.hashOf(name))
			}
			want := open(t, channelindex.New(model.Clock{}), linux64, seq, s, model.RepodataGzip)
			if got := open(t, second, linux64, seq, s, model.RepodataGzip); got.ETag != want.ETag || string(got.Body) != string(want.Body) {
				t.Error("what was made is another")
			}
		})
	}
}

func removeAll(t *testing.T, c cache, prefix string) {
	t.Helper()
	for _, name := range c.files(t, prefix) {
		if err := c.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}

func change(t *testing.T, c cache, prefix string, do func([]byte) []byte) {
	t.Helper()
	for _, name := range c.files(t, prefix) {
		path := filepath.Join(c.dir, name)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, do(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// Shards that went out stay when the process is killed at once.
func TestOldShardsOutliveTheProcess(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(100))
	first := c.start()
	old := openShardIndex(t, first, linux64, 1, s).hashOf("package00000")
	s.set(2, append(manyRecords(100), record("package00000", "9", ".conda", nil)))
	newer := openShardIndex(t, first, linux64, 2, s).hashOf("package00000")

	// While nobody was there another change came.
	s.set(3, append(manyRecords(100), record("package00000", "10", ".conda", nil)))
	second := c.start()
	openShardIndex(t, second, linux64, 3, s)
	for _, hash := range []string{old, newer} {
		readShard(t, second, linux64, 3, s, hash)
	}
	s.set(4, manyRecords(100)[20:]) // without the package
	for _, hash := range []string{old, newer} {
		expectNoShard(t, second, linux64, 4, s, hash)
	}
}

// Packs are written by one process and read by the next, and go when all in them is
// old.
func TestPacksOfShardsGo(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(100))
	x := c.start()
	open(t, x, linux64, 1, s, model.ShardIndex)
	for day := range 30 {
		x.Advance(24 * time.Hour)
		seq := int64(day + 2)
		s.set(seq, append(manyRecords(100), record("package00001", fmt.Sprint(seq), ".conda", nil)))
		index := openShardIndex(t, x, linux64, seq, s)
		for name := range index.Shards {
			readShard(t, x, linux64, seq, s, index.hashOf(name))
		}
		save(t, x)
	}
	if n := len(c.files(t, "shards-")); n < 8 || n > 16 {
		t.Errorf("got %d packs, want those of about two weeks", n)
	}
	if n, _ := x.Shards(); n < 12 || n > 25 {
		t.Errorf("got %d shards, want 5 and one for each of the last days", n)
	}
}

func TestForgottenViewsAreNotSaved(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(600))
	other := linux64
	other.AccountID = 11
	x := c.start()
	open(t, x, linux64, 1, s, model.Repodata)
	open(t, x, other, 1, s, model.Repodata)
	save(t, x)
	x.Forget(1)
	if got := c.files(t, "view-"); len(got) != 1 || !strings.HasPrefix(got[0], "view-11-") {
		t.Errorf("got %q, want the other account's", got)
	}
}

// A view that nobody asks for any more is swept, unless it is in use.
func TestOldSavedViewsAreSwept(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(600))
	dev := linux64
	dev.Label = "dev"
	x := c.start()
	open(t, x, linux64, 1, s, model.Repodata)
	open(t, x, dev, 1, s, model.Repodata)
	save(t, x)
	x.Advance(31 * 24 * time.Hour)
	open(t, x, linux64, 1, s, model.Repodata)
	open(t, x, linux64, 1, s, model.Repodata)
	save(t, x)
	if got := c.files(t, "view-"); len(got) != 1 {
		t.Errorf("got %q, want one", got)
	}
}

// Without a folder there is nothing to save, and a full disk stops nobody.
func TestSaveWithout(t *testing.T) {
	t.Parallel()
	save(t, channelindex.New(model.Clock{}))
	c, s := newCache(t), newSource(1, manyRecords(600))
	x := c.start()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	index := openShardIndex(t, x, linux64, 1, s)
	readShard(t, x, linux64, 1, s, index.hashOf("package00001"))
	if err := x.Save(t.Context()); err == nil {
		t.Error("saved into a folder that is closed")
	}
}
