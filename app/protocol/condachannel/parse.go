package condachannel

import (
	"strings"

	"vivarium/app/model"
	"vivarium/app/protocol"
)

const (
	maxSegment  = 255
	shardSuffix = ".msgpack.zst"
)

// parse reads an escaped path in any form: below /conda or /artifactory or at the root, with a
// token before or after the prefix, with a label or without. Names are decoded
// after the path is split, so an encoded slash divides nothing. extra are subdirs
// besides the well-formed ones.
func parse(escaped string, extra []string) (request, error) {
	var req request
	parts, ok := protocol.SplitPath(escaped, maxSegment)
	if !ok {
		return req, errMalformed
	}
	parts, below := cutBase(parts)
	if token, rest, ok := cutToken(parts); ok {
		req.hasToken, req.token, parts = true, token, rest
		if !below {
			parts, _ = cutBase(parts)
		}
	}
	if len(parts) == 0 || parts[0] == "" {
		return req, errMalformed
	}
	req.channel, parts = model.FoldLogin(parts[0]), parts[1:]
	parts, err := req.cutLabel(parts, extra)
	if err != nil {
		return req, err
	}
	return req, req.read(parts, extra)
}

// cutBase takes the word off the front of parts that leads to channels: artifactory
// is for who uploads there, and reads at the same address.
func cutBase(parts []string) ([]string, bool) {
	if rest, ok := protocol.CutPart(parts, "artifactory"); ok {
		return rest, true
	}
	return protocol.CutPart(parts, "conda")
}

// cutToken takes t/{token} off the front of parts.
func cutToken(parts []string) (token string, rest []string, ok bool) {
	if rest, ok = protocol.CutPart(parts, "t"); !ok || len(rest) == 0 {
		return "", rest, ok
	}
	return rest[0], rest[1:], true
}

// cutLabel takes label/{label} off the front of parts: a label may hold slashes,
// so it goes up to what the last parts are for.
func (req *request) cutLabel(parts, extra []string) ([]string, error) {
	parts, ok := protocol.CutPart(parts, "label")
	if !ok {
		return parts, nil
	}
	n := len(parts) - resourceLength(parts, extra)
	if n < 1 {
		return nil, errMalformed
	}
	label, err := model.ParseLabel(strings.Join(parts[:n], "/"))
	if err != nil {
		return nil, errMalformed
	}
	req.label = label
	return parts[n:], nil
}

// resourceLength is how many parts at the end name the resource. No label has a
// part that begins with a known subdir.
func resourceLength(parts, extra []string) int {
	n := len(parts)
	if n > 1 && model.KnownSubdir(parts[n-2], extra) {
		return 2
	}
	if n > 0 {
		if _, ok := inChannel[parts[n-1]]; ok {
			return 1
		}
	}
	if n > 1 && parts[n-2] == "shards" {
		return 3
	}
	return 2
}

// read takes what follows the channel and label.
func (req *request) read(parts []string, extra []string) error {
	if len(parts) == 1 {
		res, ok := inChannel[parts[0]]
		if !ok {
			return errMalformed
		}
		req.resource = res
		return nil
	}
	if len(parts) < 2 || len(parts) > 3 || !model.KnownSubdir(parts[0], extra) && !model.WellFormedSubdir(parts[0]) {
		return errMalformed
	}
	req.subdir, req.name = parts[0], parts[len(parts)-1]
	if len(parts) == 2 {
		req.resource = resourceOf(req.name)
		return nil
	}
	hash, ok := strings.CutSuffix(req.name, shardSuffix)
	if parts[1] != "shards" || !ok || !isHash(hash) {
		return errMalformed
	}
	req.resource, req.name = shard, hash
	return nil
}

// resourceOf tells indexes and package files of a subdir from all else.
func resourceOf(name string) resource {
	if res, ok := inSubdir[name]; ok {
		return res
	}
	isPackage := strings.HasSuffix(name, ".conda") || strings.HasSuffix(name, ".tar.bz2")
	if isPackage && model.CheckFileName(name) == nil {
		return file
	}
	return absent
}

// isHash reports whether s is a SHA-256 in small hexadecimal digits.
func isHash(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}
