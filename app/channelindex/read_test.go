package channelindex_test

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/vmihailenco/msgpack/v5"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

// repodata is what a client reads, from whatever form.
type repodata struct {
	Packages      map[string]map[string]any `json:"packages" msgpack:"packages"`
	PackagesConda map[string]map[string]any `json:"packages.conda" msgpack:"packages.conda"`
	Removed       []string                  `json:"removed" msgpack:"removed"`
}

// shardIndex is what a client reads of the index of shards.
type shardIndex struct {
	Version int `msgpack:"version"`
	Info    struct {
		Subdir        string `msgpack:"subdir"`
		BaseURL       string `msgpack:"base_url"`
		ShardsBaseURL string `msgpack:"shards_base_url"`
		CreatedAt     string `msgpack:"created_at"`
	} `msgpack:"info"`
	Shards map[string][]byte `msgpack:"shards"`
}

// unzstd reads a body as a one-shot decoder does: it must be one frame that says
// its size.
func unzstd(t testing.TB, body []byte) []byte {
	t.Helper()
	var header zstd.Header
	if err := header.Decode(body); err != nil || !header.HasFCS || header.WindowSize > 1<<20 {
		t.Fatalf("zstd header %+v, %v, want a content size and a window up to 1 MiB", header, err)
	}
	reader, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	plain, err := reader.DecodeAll(body, nil)
	if err != nil || uint64(len(plain)) != header.FrameContentSize {
		t.Fatalf("got %d bytes, %v, want the %d of the only frame", len(plain), err, header.FrameContentSize)
	}
	return plain
}

func gunzip(t testing.TB, body []byte) []byte {
	t.Helper()
	reader, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	reader.Multistream(false) // several clients read the first member only
	plain, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func readJSON(t testing.TB, data []byte) repodata {
	t.Helper()
	var r repodata
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&r); err != nil {
		t.Fatalf("read %.80q: %v", data, err)
	}
	return r
}

func openShardIndex(t testing.TB, x *channelindex.Index, key channelindex.Key, seq int64, s *source) shardIndex {
	t.Helper()
	var index shardIndex
	if err := msgpack.Unmarshal(unzstd(t, open(t, x, key, seq, s, model.ShardIndex).Body), &index); err != nil {
		t.Fatal(err)
	}
	return index
}

// hashOf returns how the shard of a package is asked for.
func (i shardIndex) hashOf(name string) string { return hex.EncodeToString(i.Shards[name]) }

func readShard(t testing.TB, x *channelindex.Index, key channelindex.Key, seq int64, s *source, hash string) repodata {
	t.Helper()
	d, err := x.Shard(t.Context(), key, seq, s.load, hash)
	if err != nil {
		t.Fatalf("shard %s: %v", hash, err)
	}
	var r repodata
	if err := msgpack.Unmarshal(unzstd(t, read(t, d).Body), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func mergeShards(t *testing.T, x *channelindex.Index, s *source) repodata {
	merged := repodata{Packages: map[string]map[string]any{}, PackagesConda: map[string]map[string]any{}, Removed: []string{}}
	index := openShardIndex(t, x, linux64, 1, s)
	for name := range index.Shards {
		r := readShard(t, x, linux64, 1, s, index.hashOf(name))
		maps.Copy(merged.Packages, r.Packages)
		maps.Copy(merged.PackagesConda, r.PackagesConda)
		merged.Removed = append(merged.Removed, r.Removed...)
	}
	slices.Sort(merged.Removed)
	return merged
}

// normalize takes away what the forms are allowed to differ in: how hashes and
// numbers are written, and the run exports that only shards carry.
func normalize(r repodata) repodata {
	for _, section := range []map[string]map[string]any{r.Packages, r.PackagesConda} {
		for _, fields := range section {
			delete(fields, "run_exports")
			for key, value := range fields {
				fields[key] = normalizeValue(value)
			}
		}
	}
	return r
}

func normalizeValue(value any) any {
	switch v := value.(type) {
	case []byte:
		return hex.EncodeToString(v)
	case json.Number:
		f, _ := v.Float64()
		return strconv.FormatFloat(f, 'g', -1, 64)
	case []any:
		for i := range v {
			v[i] = normalizeValue(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = normalizeValue(v[key])
		}
	}
	if n := reflect.ValueOf(value); n.IsValid() && (n.CanInt() || n.CanUint() || n.CanFloat()) {
		return strconv.FormatFloat(n.Convert(reflect.TypeFor[float64]()).Float(), 'g', -1, 64)
	}
	return value
}
