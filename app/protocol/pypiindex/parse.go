package pypiindex

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

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

var errMalformed = model.Errorf(model.NotFound, "There is nothing at this address.")

const maxSegments = 140 // a label has at most 128 characters

// parse reads an escaped path in any form: below /pypi or at the root, with a
// token before or after the prefix, with a label or without.
func parse(escaped string) (request, error) {
	var req request
	parts, err := split(escaped)
	if err != nil {
		return req, err
	}
	parts, below := cut(parts, "pypi")
	if rest, ok := cut(parts, "t"); ok {
		req.hasToken, parts = true, rest
		if len(rest) > 0 {
			req.token, parts = rest[0], rest[1:]
		}
		if !below {
			parts, below = cut(parts, "pypi")
		}
	}
	if len(parts) == 0 || parts[0] == "" {
		return req, errMalformed
	}
	req.channel, parts = model.FoldLogin(parts[0]), parts[1:]
	if parts, err = req.cutLabel(parts); err != nil {
		return req, err
	}
	return req, req.read(parts, below)
}

// split decodes the segments of an absolute path after it was split, so that an
// encoded slash divides nothing.
func split(escaped string) ([]string, error) {
	rest, ok := strings.CutPrefix(escaped, "/")
	if !ok || strings.Count(rest, "/") >= maxSegments {
		return nil, errMalformed
	}
	parts := strings.Split(rest, "/")
	for i, p := range parts {
		plain, err := url.PathUnescape(p)
		if err != nil || len(plain) > 255+len(metadataSuffix) || !utf8.ValidString(plain) || strings.ContainsFunc(plain, odd) {
			return nil, errMalformed
		}
		parts[i] = plain
	}
	return parts, nil
}

func odd(r rune) bool { return r == '/' || r == '\\' || unicode.IsControl(r) }

func cut(parts []string, word string) ([]string, bool) {
	if len(parts) > 0 && parts[0] == word {
		return parts[1:], true
	}
	return parts, false
}

// cutLabel takes label/{label} off the front of parts: a label may hold slashes,
// so it goes up to the last part that is simple.
func (req *request) cutLabel(parts []string) ([]string, error) {
	parts, ok := cut(parts, "label")
	if !ok {
		return parts, nil
	}
	for n := len(parts) - 1; n > 0; n-- {
		if parts[n] != simple {
			continue
		}
		label, err := model.ParseLabel(strings.Join(parts[:n], "/"))
		if err != nil {
			return nil, errMalformed
		}
		req.label = label
		return parts[n:], nil
	}
	return nil, errMalformed
}

const (
	simple         = "simple"
	hatchSimple    = "+simple" // hatch asks for it below the upload address
	metadataSuffix = ".metadata"
)

// read takes what follows the channel and label.
func (req *request) read(parts []string, below bool) error {
	if len(parts) > 0 && (parts[0] == simple || parts[0] == hatchSimple) {
		return req.readSimple(parts[0], parts[1:])
	}
	if !below || req.label != "" {
		return errMalformed
	}
	trimmed := parts
	if n := len(parts); n > 0 && parts[n-1] == "" {
		trimmed = parts[:n-1]
	}
	switch {
	case len(trimmed) == 0, len(trimmed) == 1 && trimmed[0] == "legacy":
		req.resource = upload
	case len(trimmed) == 2 && trimmed[1] == "json":
		req.resource, req.project = projectJSON, trimmed[0]
	case len(trimmed) == 3 && trimmed[2] == "json":
		req.resource, req.project, req.version = projectJSON, trimmed[0], trimmed[1]
	default:
		return errMalformed
	}
	return nil
}

func (req *request) readSimple(word string, parts []string) error {
	switch {
	case len(parts) == 0:
		req.resource, req.redirect = projectList, word+"/"
	case len(parts) == 1 && parts[0] == "":
		req.resource = projectList
	case len(parts) == 1:
		req.resource, req.redirect = projectPage, model.NormalizePyPI(parts[0])+"/"
	case len(parts) == 2 && parts[1] == "":
		req.resource = projectPage
		if normal := model.NormalizePyPI(parts[0]); normal != parts[0] {
			req.redirect = "../" + normal + "/"
		}
	case len(parts) == 3:
		req.resource, req.sha256, req.file = projectFile, parts[1], parts[2]
		if name, ok := strings.CutSuffix(req.file, metadataSuffix); ok {
			req.file, req.metadata = name, true
		}
		if model.CheckFileName(req.file) != nil {
			return errMalformed
		}
	default:
		return errMalformed
	}
	if len(parts) > 0 && parts[0] != "" {
		req.project = parts[0]
		if model.CheckPackageName(req.project) != nil {
			return errMalformed
		}
	}
	return nil
}

// methods is what an address takes.
func (req request) methods() string {
	if req.resource == upload {
		return http.MethodPost
	}
	return "GET, HEAD"
}

func (req request) methodSentence() string {
	if req.resource == upload {
		return "This is the upload address, for twine, uv publish and the like. Install from " + req.channel + "/simple/ instead."
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
