package model

import "time"

// IndexFormat is a form in which an index is served.
type IndexFormat string

// The formats. RepodataGzip is repodata.json under a gzip content encoding.
// ChannelData is of a whole channel, the others of a subdir.
const (
	Repodata          IndexFormat = "repodata.json"
	RepodataGzip      IndexFormat = "repodata.json+gzip"
	RepodataZstd      IndexFormat = "repodata.json.zst"
	ShardIndex        IndexFormat = "repodata_shards.msgpack.zst"
	CurrentRepodata   IndexFormat = "current_repodata.json"
	RunExports        IndexFormat = "run_exports.json"
	PatchInstructions IndexFormat = "patch_instructions.json"
	ChannelData       IndexFormat = "channeldata.json"
)

// Gzip returns the form of a JSON format under a gzip content encoding.
func (f IndexFormat) Gzip() IndexFormat { return f + "+gzip" }

// Zstd returns the form of a JSON format that is a zstd file.
func (f IndexFormat) Zstd() IndexFormat { return f + ".zst" }

// Document is an answer made in memory, ready to be served.
type Document struct {
	Body            Body
	ContentType     string
	ContentEncoding string
	ETag            string // strong, with its quotes
	ModTime         time.Time
	// TokenInPath is for whoever finds a token in the address to say, so that no
	// shared cache keeps the answer.
	TokenInPath bool
	// Immutable says that the bytes under this URL never change.
	Immutable bool
}
