package conda

import (
	"io"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// section gathers what is read of an info section, member by member.
type section struct {
	seen       map[string]bool
	index      []byte
	runExports []byte
	about      About
	link       []byte
	traits     []string
}

// metadata are the members of the info section that are read. The section may hold
// others, which are passed over.
var metadata = map[string]func(*section, io.Reader) error{
	indexName:      func(s *section, r io.Reader) error { return keep(&s.index, r, indexName) },
	runExportsName: func(s *section, r io.Reader) error { return keep(&s.runExports, r, runExportsName) },
	linkName:       func(s *section, r io.Reader) error { return keep(&s.link, r, linkName) },
	aboutName:      func(s *section, r io.Reader) (err error) { s.about, err = readAbout(r); return err },
	pathsName:      func(s *section, r io.Reader) (err error) { s.traits, err = checkPaths(r); return err },
	filesName:      func(_ *section, r io.Reader) error { return checkFiles(r) },
}

func keep(into *[]byte, r io.Reader, what string) (err error) {
	*into, err = io.ReadAll(archive.LimitMember(r, maxIndex, what))
	return err
}

// visit takes one member of the archive.
func (s *section) visit(m archive.Member) error {
	read, ok := metadata[m.Name]
	switch {
	case m.Name == "info" && !m.Folder:
		return model.Errorf(model.Invalid, "The archive has a file or link in place of its info folder.")
	case !ok:
		return nil
	case !m.Regular:
		return model.Errorf(model.Invalid, "The archive member %s must be a plain file.", m.Name)
	case s.seen[m.Name]:
		return model.Errorf(model.Invalid, "The archive member %s is there twice.", m.Name)
	}
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	s.seen[m.Name] = true
	return read(s, m)
}

// info returns what the section says, once all of it was seen.
func (s *section) info(t ArchiveType) (*Info, error) {
	if !s.seen[indexName] {
		return nil, model.Errorf(model.Invalid, "The archive has no %s.", indexName)
	}
	if !s.seen[pathsName] && !s.seen[filesName] {
		return nil, model.Errorf(model.Invalid, "The archive has neither %s nor %s.", pathsName, filesName)
	}
	info, err := parseIndex(s.index, t)
	if err != nil {
		return nil, err
	}
	info.About, info.Traits = s.about, s.traits
	if s.seen[linkName] {
		if err := checkLink(s.link); err != nil {
			return nil, err
		}
	}
	if s.seen[runExportsName] {
		info.RunExports, err = parseRunExports(s.runExports)
	}
	return info, err
}
