package pypi

import (
	"path"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// What links there may be. That bounds the memory that their list takes, and the
// time to look something up in it.
const maxLinks, maxLinkPath, maxLinkDepth = 10_000, 1024, 64

// checkLinks keeps everything inside the top folder: no member may be behind a
// link, and no link may lead out, neither itself nor by way of another.
func (s *sdist) checkLinks(m archive.Member) error {
	if len(s.links) > 0 && s.behindLink(strings.ToLower(m.Name[:min(len(m.Name), maxLinkPath+1)])) {
		return model.Errorf(model.Invalid, "The member %s is behind a link.", quote(m.Name))
	}
	if m.Regular || m.Folder {
		return nil
	}
	if !s.staysInside(m) {
		return model.Errorf(model.Invalid, "The link %s leads to %s, out of the sdist.", quote(m.Name), quote(m.Link))
	}
	if len(s.links) >= maxLinks || len(m.Name) > maxLinkPath || strings.Count(m.Name, "/") > maxLinkDepth {
		return model.Errorf(model.Invalid, "It has too many links, or too long ones.")
	}
	if s.links == nil {
		s.links = map[string]bool{}
	}
	s.links[strings.ToLower(m.Name)] = true
	return nil
}

// behindLink reports whether one of the folders that name is in is a link.
func (s *sdist) behindLink(name string) bool {
	for depth, end := 0, 0; depth <= maxLinkDepth; depth++ {
		step := strings.IndexByte(name[end:], '/')
		if step < 0 {
			return false
		}
		end += step
		if s.links[name[:end]] {
			return true
		}
		end++
	}
	return false
}

// staysInside follows a link's target from its folder: after steps up may come
// only steps down, since a step down may be another link.
func (s *sdist) staysInside(m archive.Member) bool {
	target := strings.ReplaceAll(m.Link, `\`, "/")
	if m.HardLink {
		return strings.HasPrefix(path.Clean(target), s.top+"/") && !strings.Contains(target, "..")
	}
	if target == "" || strings.HasPrefix(target, "/") || strings.Contains(target, ":") || strings.ContainsRune(target, 0) {
		return false
	}
	room, down := strings.Count(m.Name, "/")-1, false
	for step := range strings.SplitSeq(target, "/") {
		switch step {
		case "", ".":
		case "..":
			if room--; down || room < 0 {
				return false
			}
		default:
			down = true
		}
	}
	return true
}
