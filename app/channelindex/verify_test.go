package channelindex_test

import (
	"slices"
	"testing"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

// verify fails the test unless just these documents are wrong.
func verify(t *testing.T, x *channelindex.Index, key channelindex.Key, s *source, wrong ...model.IndexFormat) {
	t.Helper()
	check, err := x.Verify(t.Context(), key, s.load)
	if err != nil || !check.Kept || !slices.Equal(check.Wrong, wrong) {
		t.Errorf("got %+v, %v, want %q wrong", check, err, wrong)
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	c, s := newCache(t), newSource(1, manyRecords(600))
	x := c.start()
	if check, err := x.Verify(t.Context(), linux64, s.load); err != nil || check.Kept {
		t.Errorf("nothing is kept: got %+v, %v", check, err)
	}
	open(t, x, linux64, 1, s, model.RepodataGzip)
	verify(t, x, linux64, s)
	s.set(2, append(manyRecords(600), record("package00001", "9", ".conda", nil)))
	verify(t, x, linux64, s)
	check, err := x.Verify(t.Context(), linux64, s.load)
	if err != nil || check.Seq != 2 || check.Entries != 601 || check.Key != linux64 {
		t.Errorf("got %+v, %v", check, err)
	}
	save(t, x)
	verify(t, c.start(), linux64, s)
}

// What the database says otherwise, or what is damaged, is found and put right.
func TestVerifyFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	all := []model.IndexFormat{model.Repodata, model.CurrentRepodata, model.ShardIndex}
	for name, test := range map[string]struct {
		spoil func(*testing.T, cache, *channelindex.Index, *source)
		wrong []model.IndexFormat
	}{
		"a record changed without the log": {func(_ *testing.T, _ cache, _ *channelindex.Index, s *source) {
			s.state.records[599] = record("package00029", "1.19.0", ".conda", map[string]any{"license": "GPL"})
		}, all},
		"a record came without the log": {func(_ *testing.T, _ cache, _ *channelindex.Index, s *source) {
			s.state.records = byName(append(s.state.records, record("package00029", "0.1", ".conda", nil)))
		}, []model.IndexFormat{model.Repodata, model.ShardIndex}},
		"packed bytes are damaged": {func(_ *testing.T, _ cache, x *channelindex.Index, _ *source) { x.Spoil(linux64) }, []model.IndexFormat{model.Repodata}},
		"a pack of shards is damaged": {func(t *testing.T, c cache, _ *channelindex.Index, _ *source) {
			change(t, c, "shards-", func(b []byte) []byte { b[len(b)-3]++; return b })
		}, []model.IndexFormat{model.ShardIndex}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := newCache(t), newSource(1, manyRecords(600))
			x := c.start()
			open(t, x, linux64, 1, s, model.Repodata)
			test.spoil(t, c, x, s)
			verify(t, x, linux64, s, test.wrong...)
			if err := x.Rebuild(t.Context(), linux64, s.load); err != nil {
				t.Fatal(err)
			}
			verify(t, x, linux64, s)
			fresh := channelindex.New(model.Clock{})
			for _, f := range formatsOf(linux64) {
				if got, want := open(t, x, linux64, 1, s, f), open(t, fresh, linux64, 1, s, f); got.ETag != want.ETag || string(got.Body) != string(want.Body) {
					t.Errorf("%s is not right again", f)
				}
			}
			for _, hash := range openShardIndex(t, x, linux64, 1, s).Shards {
				readShard(t, x, linux64, 1, s, channelindex.Hash(hash))
			}
		})
	}
}

func TestVerifyWholeChannel(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, packageRecords(t, samplePackages()))
	open(t, x, wholeChannel, 1, s, model.ChannelData)
	verify(t, x, wholeChannel, s)
	s.state.records = s.state.records[:1]
	verify(t, x, wholeChannel, s, model.ChannelData)
}
