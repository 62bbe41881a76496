package condachannel

import "errors"

// resource is what of a channel a request is for. Its text is the part of the
// route's pattern after the channel.
type resource string

// The resources. absent is an address below a channel at which there is nothing.
const (
	absent     resource = ""
	notices    resource = "notices.json"
	repodata   resource = "{subdir}/repodata.json"
	zstd       resource = "{subdir}/repodata.json.zst"
	shardIndex resource = "{subdir}/repodata_shards.msgpack.zst"
	shard      resource = "{subdir}/shards/{shard}"
	file       resource = "{subdir}/{file}"
)

// request is what a path says, whichever form it has.
type request struct {
	hasToken bool
	token    string
	channel  string // in lower case; empty when the path names none
	label    string // empty: none named
	subdir   string
	name     string // the file's name, or the shard's hash
	resource resource
}

// errMalformed says that a path names nothing that a channel could have. The
// request beside it tells what could be read: a token, perhaps a channel.
var errMalformed = errors.New("malformed path")
