package pypiindex

import (
	"strings"

	"vivarium/app/format/pypi"
	"vivarium/app/model"
	"vivarium/app/protocol"
)

var errMalformed = model.Errorf(model.NotFound, "There is nothing at this address.")

// parse reads an escaped path in any form: below /pypi or at the root, with a
// token before or after the prefix, with a label or without.
func parse(escaped string) (request, error) {
	var req request
	parts, ok := protocol.SplitPath(escaped, 255+len(metadataSuffix))
	if !ok {
		return req, errMalformed
	}
	parts, below := protocol.CutPart(parts, "pypi")
	if rest, ok := protocol.CutPart(parts, "t"); ok {
		req.hasToken, parts = true, rest
		if len(rest) > 0 {
			req.token, parts = rest[0], rest[1:]
		}
		if !below {
			parts, below = protocol.CutPart(parts, "pypi")
		}
	}
	if len(parts) == 0 || parts[0] == "" {
		return req, errMalformed
	}
	req.channel, parts = model.FoldLogin(parts[0]), parts[1:]
	parts, err := req.cutLabel(parts)
	if err != nil {
		return req, err
	}
	return req, req.read(parts, below)
}

// cutLabel takes label/{label} off the front of parts. A label may hold slashes,
// so it goes up to the first part that is simple and is followed by something that
// an index has: projects may be called simple too.
func (req *request) cutLabel(parts []string) ([]string, error) {
	parts, ok := protocol.CutPart(parts, "label")
	if !ok {
		return parts, nil
	}
	for n := 1; n < len(parts); n++ {
		var below request
		if parts[n] != simple || below.readSimple(simple, parts[n+1:]) != nil {
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

// read takes what follows the channel and label. Uploads and the legacy JSON have
// addresses below /pypi alone.
func (req *request) read(parts []string, below bool) error {
	switch {
	case len(parts) > 0 && (parts[0] == simple || parts[0] == hatchSimple):
		return req.readSimple(parts[0], parts[1:])
	case !below || req.label != "":
		return errMalformed
	}
	if n := len(parts); n > 0 && parts[n-1] == "" {
		parts = parts[:n-1]
	}
	switch n := len(parts); {
	case n == 0, n == 1 && parts[0] == "legacy":
		req.resource = upload
	case n == 2 && parts[1] == "json":
		req.resource = projectJSON
		return req.readProject(parts[0])
	case n == 3 && parts[2] == "json" && model.CheckVersion(parts[1]) == nil:
		req.resource, req.version = projectJSON, parts[1]
		return req.readProject(parts[0])
	default:
		return errMalformed
	}
	return nil
}

func (req *request) readProject(name string) error {
	if pypi.CheckName(name) != nil {
		return errMalformed
	}
	req.project = name
	return nil
}

// readSimple takes what follows the word simple. An address that is not written
// as it should be redirects to one beside it.
func (req *request) readSimple(word string, parts []string) error {
	switch n := len(parts); {
	case n == 0:
		req.resource, req.redirect = projectList, word+"/"
		return nil
	case n == 1 && parts[0] == "":
		req.resource = projectList
		return nil
	case n == 1:
		req.resource, req.redirect = projectPage, model.NormalizePyPI(parts[0])+"/"
	case n == 2 && parts[1] == "":
		req.resource = projectPage
		if normal := model.NormalizePyPI(parts[0]); normal != parts[0] {
			req.redirect = "../" + normal + "/"
		}
	case n == 3:
		req.resource = projectFile
		if err := req.readFile(parts[1], parts[2]); err != nil {
			return err
		}
	default:
		return errMalformed
	}
	return req.readProject(parts[0])
}

func (req *request) readFile(sha256, name string) error {
	req.sha256 = sha256
	req.file, req.metadata = strings.CutSuffix(name, metadataSuffix)
	if model.CheckFileName(req.file) != nil {
		return errMalformed
	}
	return nil
}
