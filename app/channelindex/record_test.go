package channelindex_test

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"vivarium/app/channelindex"
	"vivarium/app/model"
)

var (
	linux64 = channelindex.Key{AccountID: 1, Label: "main", Subdir: "linux-64", Visibility: channelindex.Public}
	march   = time.Date(2026, time.March, 4, 5, 6, 7, 890, time.UTC)
	formats = []model.IndexFormat{
		model.Repodata, model.RepodataGzip, model.RepodataZstd, model.ShardIndex,
		model.CurrentRepodata, model.CurrentRepodata.Gzip(), model.CurrentRepodata.Zstd(),
		model.RunExports, model.RunExports.Gzip(), model.RunExports.Zstd(),
		model.PatchInstructions, model.PatchInstructions.Gzip(), model.PatchInstructions.Zstd(),
	}
)

// record makes the record of a file with what real ones have, and fields in
// addition.
func record(name, version, extension string, fields map[string]any) channelindex.Record {
	file := name + "-" + version + "-h0123_0" + extension
	all := map[string]any{
		"build": "h0123_0", "build_number": 0, "name": name, "version": version, "subdir": "linux-64", "license": "MIT",
		"depends": []string{"__glibc >=2.17,<3.0.a0", "libgcc >=14", "python >=3.12,<3.13.0a0"}, "timestamp": 1772600767890,
		"md5": fmt.Sprintf("%x", md5.Sum([]byte(file))), "sha256": fmt.Sprintf("%x", sha256.Sum256([]byte(file))), "size": 12345,
	}
	for key, value := range fields {
		all[key] = value
	}
	data, _ := json.Marshal(all) // maps come out sorted
	return channelindex.Record{FileName: file, Package: name, JSON: data}
}

// sampleRecords has one of each: both archive types, run exports known, empty
// and unknown, a yanked file, and values of every kind.
func sampleRecords() []channelindex.Record {
	records := []channelindex.Record{
		record("zlib", "1.3.1", ".conda", nil),
		record("zlib", "1.3.1", ".tar.bz2", nil),
		record("zlib", "1.2.13", ".conda", nil),
		record("a_b", "1.0", ".conda", nil),
		record("a-b", "1.0", ".conda", map[string]any{
			"odd": map[string]any{
				"big": json.Number("18446744073709551615"), "float": 1.5, "exponent": json.Number("1e3"), "negative": -129, "null": nil,
				"list": []any{true, false, []any{}, map[string]any{}}, "text": "ä\u2028\"\\<>&",
			},
		}),
		record("gone", "0.1", ".conda", nil),
		record("half", "0.1", ".conda", nil),
		record("half", "0.2", ".tar.bz2", nil),
	}
	records[0].RunExports = json.RawMessage(`{"weak":["zlib >=1.3.1,<2.0a0"]}`)
	records[3].RunExports = json.RawMessage(`{}`)
	records[2].Patch = json.RawMessage(`{"depends":["libgcc >=15"]}`)
	records[5].Removed = true
	records[6].Removed = true
	return records
}

// manyRecords makes n records of n/20 packages.
func manyRecords(n int) []channelindex.Record {
	records := make([]channelindex.Record, n)
	for i := range records {
		records[i] = record(fmt.Sprintf("package%05d", i/20), fmt.Sprintf("1.%d.0", i%20), ".conda", nil)
	}
	return records
}

// document is a document with its bytes.
type document struct {
	model.Document
	Body []byte
}

func read(t testing.TB, d model.Document) document {
	t.Helper()
	body, err := model.ReadBody(d.Body)
	if err != nil || int64(len(body)) != d.Body.Size() {
		t.Fatalf("got %d bytes, %v, want %d", len(body), err, d.Body.Size())
	}
	d.Body = nil
	return document{d, body}
}

func open(t testing.TB, x *channelindex.Index, key channelindex.Key, seq int64, s *source, f model.IndexFormat) document {
	t.Helper()
	d, err := x.Open(t.Context(), key, seq, s.load, f)
	if err != nil {
		t.Fatalf("open %s: %v", f, err)
	}
	return read(t, d)
}
