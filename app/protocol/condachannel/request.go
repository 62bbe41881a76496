package condachannel

import (
	"errors"
	"net/http"
	"strings"

	"vivarium/app/model"
)

// resource is what of a channel a request is for. Its text is the part of the
// route's pattern after the channel.
type resource string

// The resources. absent is an address below a channel at which there is nothing.
const (
	absent           resource = ""
	notices          resource = "notices.json"
	channelData      resource = "channeldata.json"
	channelDataZstd  resource = "channeldata.json.zst"
	channelPage      resource = "index.html"
	feed             resource = "rss.xml"
	repodata         resource = "{subdir}/repodata.json"
	zstd             resource = "{subdir}/repodata.json.zst"
	current          resource = "{subdir}/current_repodata.json"
	currentZstd      resource = "{subdir}/current_repodata.json.zst"
	runExports       resource = "{subdir}/run_exports.json"
	runExportsZstd   resource = "{subdir}/run_exports.json.zst"
	instructions     resource = "{subdir}/patch_instructions.json"
	instructionsZstd resource = "{subdir}/patch_instructions.json.zst"
	shardIndex       resource = "{subdir}/repodata_shards.msgpack.zst"
	subdirPage       resource = "{subdir}/index.html"
	shard            resource = "{subdir}/shards/{shard}"
	file             resource = "{subdir}/{file}"

	// upload is file, written instead of read. Its row has another method.
	upload resource = "PUT /{channel}/{subdir}/{file}"
)

// resources are all that there may be below a channel.
var resources = []resource{
	notices, channelData, channelDataZstd, channelPage, feed, repodata, zstd, current, currentZstd, runExports, runExportsZstd,
	instructions, instructionsZstd, shardIndex, subdirPage, shard, file,
}

// indexes are the resources that channelindex makes, in the form without a content
// encoding.
var indexes = map[resource]model.IndexFormat{
	channelData: model.ChannelData, channelDataZstd: model.ChannelData.Zstd(),
	repodata: model.Repodata, zstd: model.RepodataZstd,
	current: model.CurrentRepodata, currentZstd: model.CurrentRepodata.Zstd(),
	runExports: model.RunExports, runExportsZstd: model.RunExports.Zstd(),
	instructions: model.PatchInstructions, instructionsZstd: model.PatchInstructions.Zstd(),
	shardIndex: model.ShardIndex,
}

// inChannel and inSubdir find the resources that have a name of their own. A page
// is found under its folder too.
var inChannel, inSubdir = named()

func named() (channel, subdir map[string]resource) {
	channel, subdir = map[string]resource{"": channelPage}, map[string]resource{"": subdirPage}
	for _, res := range resources {
		name, below := strings.CutPrefix(string(res), "{subdir}/")
		switch {
		case strings.Contains(name, "{"): // has the names of others
		case below:
			subdir[name] = res
		default:
			channel[name] = res
		}
	}
	return channel, subdir
}

// ofChannel reports whether a resource is of the whole channel, not of a subdir.
func (res resource) ofChannel() bool { return !strings.HasPrefix(string(res), "{subdir}/") }

// negotiated reports whether a resource is served with a content encoding to who
// takes it. What is compressed as it is must have none.
func (res resource) negotiated() bool { return strings.HasSuffix(string(res), ".json") }

// request is what a path says, whichever form it has.
type request struct {
	hasToken bool
	token    string
	channel  string // in lower case; empty when the path names none
	label    string // empty: none named
	subdir   string
	name     string // the file's name, or the shard's hash
	resource resource

	lacksSlash bool // of a page: the address lacks the slash at its end
}

// errMalformed says that a path names nothing that a channel could have. The
// request beside it tells what could be read: a token, perhaps a channel.
var errMalformed = errors.New("malformed path")

// methods is what an address takes, in the order of an Allow header.
func (req request) methods() []string {
	if req.resource == file || req.resource == absent {
		return []string{http.MethodGet, http.MethodHead, http.MethodPut}
	}
	return []string{http.MethodGet, http.MethodHead}
}
