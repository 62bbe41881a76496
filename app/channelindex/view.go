package channelindex

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"vivarium/app/model"
)

// sum is a SHA-256.
type sum [sha256.Size]byte

// String returns the hash in lower-case hex.
func (s sum) String() string { return hex.EncodeToString(s[:]) }

// view is one view at one moment. Its records and plain form stay as they are;
// the other forms are made when they are first asked for, once.
type view struct {
	key     Key
	seq     int64
	modTime time.Time
	plain   []byte
	records []Record // by file name; JSON points into plain

	formats map[model.IndexFormat]func() (model.Document, error)
	shards  func() (*shardSet, error)
	made    atomic.Pointer[shardSet] // what shards returned, if it was called
	size    atomic.Int64             // bytes held, growing with each form made

	// Guarded by Index.mu.
	counted int64 // how much of size the Index knows
	used    time.Time
}

// newView builds the view of a snapshot. reuse finds a shard that was made from
// the same input before, or nil.
func newView(key Key, s Snapshot, reuse func(Key, sum) *shard) *view {
	slices.SortFunc(s.Records, func(a, b Record) int { return strings.Compare(a.FileName, b.FileName) })
	v := &view{key: key, seq: s.Seq, modTime: s.ModTime.UTC(), records: s.Records}
	if key.Subdir == "" {
		v.ofChannel()
		return v
	}
	v.plain = writeRepodata(key.Subdir, v.records)
	v.size.Store(int64(len(v.plain)) + sizeOf(v.records))
	v.shards = sync.OnceValues(func() (*shardSet, error) { return v.makeShards(reuse) })
	v.formats = map[model.IndexFormat]func() (model.Document, error){
		model.Repodata:     sync.OnceValues(v.repodata),
		model.RepodataGzip: sync.OnceValues(v.repodataGzip),
		model.RepodataZstd: sync.OnceValues(v.repodataZstd),
		model.ShardIndex:   sync.OnceValues(v.shardIndex),
	}
	v.offer(model.CurrentRepodata, func() []byte { return writeCurrentRepodata(key.Subdir, v.records) })
	v.offer(model.RunExports, func() []byte { return writeRunExports(key.Subdir, v.records) })
	v.offer(model.PatchInstructions, func() []byte { return writePatchInstructions(v.records) })
	return v
}

// What is counted beside the bytes themselves, so that many small things are
// bounded too: anybody may ask for labels that nobody used.
const (
	viewOverhead  = 4 << 10
	shardOverhead = 512
)

// sizeOf estimates what a view takes beside the JSON of its records, which is in
// plain.
func sizeOf(records []Record) int64 {
	const header = 152 // of a Record
	n := int64(viewOverhead)
	for _, r := range records {
		n += int64(header + len(r.FileName) + len(r.Package) + len(r.RunExports) + len(r.Patch))
	}
	return n
}

func (v *view) repodata() (model.Document, error) {
	d := v.document(v.plain, "application/json")
	return d, nil
}

func (v *view) repodataGzip() (model.Document, error) {
	body, err := compressGzip(v.plain)
	if err != nil {
		return model.Document{}, err
	}
	v.size.Add(int64(len(body)))
	d := v.document(body, "application/json")
	d.ContentEncoding = "gzip"
	return d, nil
}

func (v *view) repodataZstd() (model.Document, error) {
	var z compressor
	body, err := z.compress(v.plain)
	if err != nil {
		return model.Document{}, err
	}
	v.size.Add(int64(len(body)))
	return v.document(body, "application/zstd"), nil
}

func (v *view) shardIndex() (model.Document, error) {
	shards, err := v.shards()
	if err != nil {
		return model.Document{}, err
	}
	body, err := encodeShardIndex(v.key.Subdir, v.modTime, shards)
	if err != nil {
		return model.Document{}, err
	}
	v.size.Add(int64(len(body)))
	return v.document(body, "application/zstd"), nil
}

// document wraps body. The ETag is of these very bytes, so each form has its own.
func (v *view) document(body []byte, contentType string) model.Document {
	hash := sum(sha256.Sum256(body))
	return model.Document{
		Body:        model.Bytes(body),
		ContentType: contentType,
		ETag:        `"` + hash.String()[:32] + `"`,
		ModTime:     v.modTime,
		Private:     v.key.Visibility != Public,
	}
}
