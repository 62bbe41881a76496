package channelindex_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs, rewrite with -update:\ngot  %s\nwant %s", name, got, want)
	}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		records []channelindex.Record
	}{{"sample", sampleRecords()}, {"empty", nil}} {
		x, s := channelindex.New(model.Clock{}), newSource(1, test.records)
		golden(t, test.name+"_repodata.json", open(t, x, linux64, 1, s, model.Repodata).Body)
		for _, f := range []model.IndexFormat{model.CurrentRepodata, model.RunExports, model.PatchInstructions} {
			golden(t, test.name+"_"+string(f), open(t, x, linux64, 1, s, f).Body)
		}
		golden(t, test.name+"_shard_index.hex", []byte(hex.Dump(unzstd(t, open(t, x, linux64, 1, s, model.ShardIndex).Body))))
		var heads bytes.Buffer
		for _, f := range formats {
			fmt.Fprintf(&heads, "%s: %+v\n", f, open(t, x, linux64, 1, s, f).Document)
		}
		golden(t, test.name+"_documents.txt", heads.Bytes())
	}
}

// The hashes are golden too: when one changes without a change of the records,
// all clients download all shards again.
func TestGoldenShards(t *testing.T) {
	t.Parallel()
	x, s := channelindex.New(model.Clock{}), newSource(1, sampleRecords())
	index := openShardIndex(t, x, linux64, 1, s)
	var all bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(index.Shards)) {
		d, err := x.Shard(t.Context(), linux64, 1, s.load, index.hashOf(name))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&all, "%s %s\n%s\n", name, index.hashOf(name), hex.Dump(unzstd(t, read(t, d).Body)))
	}
	golden(t, "sample_shards.hex", all.Bytes())
}

func TestShardIndexInfo(t *testing.T) {
	t.Parallel()
	x := channelindex.New(model.Clock{})
	index := openShardIndex(t, x, linux64, 1, newSource(1, nil))
	if index.Version != 1 || index.Info.Subdir != "linux-64" || index.Info.BaseURL != "" || index.Info.ShardsBaseURL != "./shards/" ||
		index.Info.CreatedAt != "2026-03-04T05:06:07Z" || len(index.Shards) != 0 {
		t.Errorf("got %+v", index)
	}
}

// Every form tells the same, for an empty view and for one above zstd's window.
func TestFormatsAgree(t *testing.T) {
	t.Parallel()
	for name, records := range map[string][]channelindex.Record{"empty": nil, "sample": sampleRecords(), "large": manyRecords(5000)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, s := channelindex.New(model.Clock{}), newSource(1, records)
			plain := open(t, x, linux64, 1, s, model.Repodata).Body
			if got := unzstd(t, open(t, x, linux64, 1, s, model.RepodataZstd).Body); !bytes.Equal(got, plain) {
				t.Error("zstd holds other bytes")
			}
			if got := gunzip(t, open(t, x, linux64, 1, s, model.RepodataGzip).Body); !bytes.Equal(got, plain) {
				t.Error("gzip holds other bytes")
			}
			want := normalize(readJSON(t, plain))
			if got := normalize(mergeShards(t, x, s)); !reflect.DeepEqual(got, want) {
				t.Errorf("shards: got %v\nwant %v", got, want)
			}
		})
	}
}

func TestSameContentSameBytes(t *testing.T) {
	t.Parallel()
	s := newSource(1, manyRecords(300)) // load shuffles
	first, second := channelindex.New(model.Clock{}), channelindex.New(model.Clock{})
	tags := map[string]model.IndexFormat{}
	for _, f := range formats {
		a, b := open(t, first, linux64, 1, s, f), open(t, second, linux64, 1, s, f)
		if !bytes.Equal(a.Body, b.Body) || a.ETag != b.ETag {
			t.Errorf("%s: two builds differ", f)
		}
		if other, ok := tags[a.ETag]; ok {
			t.Errorf("%s and %s share the ETag %s", f, other, a.ETag)
		}
		tags[a.ETag] = f
		if !a.ModTime.Equal(march) || a.Immutable {
			t.Errorf("%s: got %v, immutable %v", f, a.ModTime, a.Immutable)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	t.Parallel()
	_, err := channelindex.New(model.Clock{}).Open(t.Context(), linux64, 1, newSource(1, nil).load, "repodata.json.bz2")
	if err == nil || model.CodeOf(err) != model.Internal {
		t.Errorf("got %v, want an unexpected error", err)
	}
}
