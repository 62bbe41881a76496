package pypiindex

import (
	"net/http"

	"vivarium/app/model"
)

// resource is what a path below a channel names: the pattern of its row in the
// route table.
type resource string

const (
	absent      resource = ""
	projectList resource = "GET /{channel}/simple/{$}"
	projectPage resource = "GET /{channel}/simple/{project}/{$}"
	projectFile resource = "GET /{channel}/simple/{project}/{sha256}/{file}"
	projectJSON resource = "GET /{channel}/{project}/json"
	upload      resource = "POST /{channel}/{$}"
)

// request is a parsed path.
type request struct {
	resource
	channel string
	label   string // empty: none in the path
	// token stood in the path; hasToken tells an empty one from none.
	token    string
	hasToken bool
	project  string
	version  string // of projectJSON; empty: the latest
	sha256   string
	file     string
	metadata bool   // the file's core metadata is asked for
	redirect string // where the resource's canonical address is, relative
}

// methods is what an address takes, in the order of an Allow header.
func (req request) methods() []string {
	if req.resource == upload {
		return []string{http.MethodPost}
	}
	return []string{http.MethodGet, http.MethodHead}
}

// methodSentence tells who sent another method what the address is for.
func (req request) methodSentence() string {
	if req.resource == upload {
		return "This is the upload address, for twine, uv publish and the like. Install from /pypi/" + req.channel + "/simple/ instead."
	}
	return "This address is for installing. Upload to /pypi/" + req.channel + "/legacy/ instead."
}

// indexLabel is the label whose files a page lists.
func (req request) indexLabel() string {
	if req.label == "" {
		return model.MainLabel
	}
	return req.label
}
