package channelindex_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

func TestShardIsImmutableAndTagged(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, sampleRecords())
	owner := linux64
	owner.Visibility = channelindex.Owner
	for _, key := range []channelindex.Key{linux64, owner} {
		hash := openShardIndex(t, x, key, 1, s).hashOf("zlib")
		d, err := x.Shard(t.Context(), key, 1, s.load, hash)
		if err != nil {
			t.Fatal(err)
		}
		if !d.Immutable || d.ETag != `"`+hash+`"` || d.ContentType != "application/zstd" || d.ContentEncoding != "" {
			d.Body = nil
			t.Errorf("got %+v", d)
		}
	}
}

func TestShardRefusesWhatIsNoHash(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, sampleRecords())
	hash := openShardIndex(t, x, linux64, 1, s).hashOf("zlib")
	for _, sha256 := range []string{"", "zlib", hash[1:], hash + "0", strings.ToUpper(hash), strings.Repeat("0", 64), strings.Repeat("x", 64)} {
		expectNoShard(t, x, linux64, 1, s, sha256)
	}
}

// A process that has just started answers the shards that clients know from
// before.
func TestShardWithoutIndexAskedBefore(t *testing.T) {
	t.Parallel()
	s := newSource(1, sampleRecords())
	hash := openShardIndex(t, channelindex.New(model.Clock{}), linux64, 1, s).hashOf("zlib")
	if r := readShard(t, channelindex.New(model.Clock{}), linux64, 1, s, hash); len(r.PackagesConda) != 2 {
		t.Errorf("got %v", r)
	}
}

func TestShardOnlyOfVisiblePackage(t *testing.T) {
	t.Parallel()
	x := channelindex.New(model.Clock{})
	public := []channelindex.Record{record("open", "1", ".conda", nil)}
	all := append([]channelindex.Record{record("secret", "1", ".conda", nil)}, public...)
	owner := linux64
	owner.Visibility = channelindex.Owner

	forOwner, forAll := newSource(1, all), newSource(1, public)
	index := openShardIndex(t, x, owner, 1, forOwner)
	expectNoShard(t, x, linux64, 1, forAll, index.hashOf("secret"))
	if got := openShardIndex(t, x, linux64, 1, forAll).hashOf("open"); got != index.hashOf("open") {
		t.Errorf("equal records have the shards %s and %s", got, index.hashOf("open"))
	}

	// Old shards of it stay hidden as well, also from those who saw them.
	forOwner.set(2, append([]channelindex.Record{record("secret", "2", ".conda", nil)}, all...))
	forAll.set(2, public)
	old := index.hashOf("secret")
	readShard(t, x, owner, 2, forOwner, old)
	expectNoShard(t, x, linux64, 2, forAll, old)
	forOwner.set(3, public)
	expectNoShard(t, x, owner, 3, forOwner, old)

	// And they come back when the package does.
	forAll.set(4, all)
	readShard(t, x, linux64, 4, forAll, old)
}

func TestOldShardsStayInTheirPlace(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, manyRecords(1))
	old := openShardIndex(t, x, linux64, 1, s).hashOf("package00000")
	s.set(2, manyRecords(2))
	readShard(t, x, linux64, 2, s, old)
	dev := linux64
	dev.Label = "dev"
	readShard(t, x, dev, 2, s, old)
	for _, key := range []channelindex.Key{
		{AccountID: 2, Label: "main", Subdir: "linux-64", Visibility: channelindex.Public},
		{AccountID: 1, Label: "main", Subdir: "noarch", Visibility: channelindex.Public},
	} {
		expectNoShard(t, x, key, 2, s, old)
	}
}

func TestOldShardStaysAWeek(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, manyRecords(1))
	old := openShardIndex(t, x, linux64, 1, s).hashOf("package00000")
	// A shard that is still listed has no age.
	x.Advance(30 * 24 * time.Hour)
	readShard(t, x, linux64, 1, s, old)

	s.set(2, manyRecords(2))
	openShardIndex(t, x, linux64, 2, s)
	x.Advance(7*24*time.Hour - time.Minute)
	readShard(t, x, linux64, 2, s, old)

	// A change after another week frees it.
	x.Advance(8 * 24 * time.Hour)
	s.set(3, manyRecords(3))
	openShardIndex(t, x, linux64, 3, s)
	expectNoShard(t, x, linux64, 3, s, old)
	if n, _ := x.Shards(); n != 2 {
		t.Errorf("got %d shards, want those of the last two indexes", n)
	}
}

// A client may have read an index whose view was freed before its shards were
// asked for.
func TestShardOfViewThatWasFreedWhileOpened(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, manyRecords(1))
	open(t, x, linux64, 1, s, model.ShardIndex)
	old := openShardIndex(t, x, linux64, 1, s).hashOf("package00000")
	s.set(2, manyRecords(2))
	readShard(t, x, linux64, 2, s, old)
}

func TestChangeMakesOneShard(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, manyRecords(200))
	before := openShardIndex(t, x, linux64, 1, s)
	s.set(2, append(manyRecords(200), record("package00003", "9", ".conda", nil)))
	after := openShardIndex(t, x, linux64, 2, s)
	for i := range 10 {
		name := fmt.Sprintf("package%05d", i)
		if changed := before.hashOf(name) != after.hashOf(name); changed != (i == 3) {
			t.Errorf("%s: changed is %v", name, changed)
		}
	}
}

func expectNoShard(t *testing.T, x *channelindex.Index, key channelindex.Key, seq int64, s *source, sha256 string) {
	t.Helper()
	d, err := x.Shard(t.Context(), key, seq, s.load, sha256)
	if model.CodeOf(err) != model.NotFound || d.Body != nil {
		t.Errorf("shard %q of %v: got a body or %v, want NotFound", sha256, key, err)
	}
}
