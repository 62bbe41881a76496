package model

import "time"

// IndexFormat is a form in which a subdir's index is served.
type IndexFormat string

// The formats. RepodataGzip is repodata.json under a gzip content encoding.
const (
	Repodata     IndexFormat = "repodata.json"
	RepodataGzip IndexFormat = "repodata.json+gzip"
	RepodataZstd IndexFormat = "repodata.json.zst"
	ShardIndex   IndexFormat = "repodata_shards.msgpack.zst"
)

// Document is an answer made in memory, ready to be served.
type Document struct {
	Body            []byte
	ContentType     string
	ContentEncoding string
	ETag            string // strong, with its quotes
	ModTime         time.Time
	// Private says that the answer depends on who asked, so that no shared cache
	// may keep it.
	Private bool
	// Immutable says that the bytes under this URL never change.
	Immutable bool
}
