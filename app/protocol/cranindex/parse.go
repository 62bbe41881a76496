package cranindex

import (
	"strings"

	"vivarium/app/format/cran"
	"vivarium/app/model"
	"vivarium/app/protocol"
)

// resource is what of a repository a path names: the pattern of its row in the route
// table.
type resource string

const (
	absent  resource = ""
	index   resource = "GET /{channel}/{folder}/PACKAGES"
	packed  resource = "GET /{channel}/{folder}/PACKAGES.gz"
	pkgFile resource = "GET /{channel}/{folder}/{rfile}"
)

// request is a parsed path.
type request struct {
	resource
	channel  string
	label    string // empty: none in the path
	token    string
	hasToken bool
	folder   cran.Folder
	file     string
}

// indexLabel is the label whose files an index lists.
func (req request) indexLabel() string {
	if req.label == "" {
		return model.MainLabel
	}
	return req.label
}

// parse reads an escaped path: /cran/{channel}/…, with t/{token} before or after
// cran, with label/{label} after the channel or without. A path that names nothing
// has no resource.
func parse(escaped string) (req request) {
	parts, ok := protocol.SplitPath(escaped, 255)
	if !ok {
		return req
	}
	parts, below := protocol.CutPart(parts, "cran")
	if rest, ok := protocol.CutPart(parts, "t"); ok && len(rest) > 0 {
		req.hasToken, req.token, parts = true, rest[0], rest[1:]
		if !below {
			parts, below = protocol.CutPart(parts, "cran")
		}
	}
	if !below || len(parts) < 2 || parts[0] == "" {
		return req
	}
	req.channel = model.FoldLogin(parts[0])
	req.read(parts[1:])
	return req
}

// read takes what follows the channel. A label may hold slashes, so it goes up to
// the first part at which a folder begins.
func (req *request) read(parts []string) {
	parts, labelled := protocol.CutPart(parts, "label")
	for n := range parts {
		if !labelled && n > 0 {
			return
		}
		folder, ok := cran.ParseFolder(strings.Join(parts[n:len(parts)-1], "/"))
		if !ok {
			continue
		}
		if labelled {
			label, err := model.ParseLabel(strings.Join(parts[:n], "/"))
			if err != nil {
				continue
			}
			req.label = label
		}
		req.folder, req.file = folder, parts[len(parts)-1]
		switch req.file {
		case "PACKAGES":
			req.resource = index
		case "PACKAGES.gz":
			req.resource = packed
		default:
			req.resource = pkgFile
		}
		return
	}
}
