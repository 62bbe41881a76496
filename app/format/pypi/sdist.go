package pypi

import (
	"compress/gzip"
	"io"
	"strings"

	"vivarium/app/format/archive"
	"vivarium/app/model"
)

// sdist is an sdist while it is read.
type sdist struct {
	top  string // the one folder that all members are in
	raw  []byte // PKG-INFO
	seen bool   // whether there was one
	// links has the paths of links, in lower case.
	links map[string]bool
}

func readTarSdist(src *archive.Source) ([]byte, error) {
	if !src.Starts("\x1f\x8b") {
		return nil, model.Errorf(model.Invalid, "It is not a gzip archive, as its name says.")
	}
	r, err := gzip.NewReader(src.Section(0, src.Size()))
	if err != nil {
		return nil, archive.Refuse("The archive", err)
	}
	var s sdist
	out := archive.Limit(r, maxOutput(src.Size()), errBomb(src.Size()))
	if err := archive.WalkTar(out, "The archive", s.visit); err != nil {
		return nil, err
	}
	return s.result()
}

func readZipSdist(src *archive.Source) ([]byte, error) {
	files, err := archive.ReadPackedZip(src, maxDirectory)
	if err != nil {
		return nil, err
	}
	var s sdist
	left := maxOutput(src.Size())
	for _, f := range files {
		if f.UncompressedSize64 > uint64(left) {
			return nil, errBomb(src.Size())
		}
		left -= int64(f.UncompressedSize64)
		r, err := archive.OpenMember(f)
		if err != nil {
			return nil, err
		}
		err = s.visitZip(f.Name, r)
		_ = r.Close()
		if err != nil {
			return nil, err
		}
	}
	return s.result()
}

func (s *sdist) visitZip(name string, r io.Reader) error {
	clean, err := archive.CleanPath(name)
	if err != nil {
		return err
	}
	folder := strings.HasSuffix(name, "/")
	if err := s.visit(archive.Member{Reader: r, Name: clean, Regular: !folder, Folder: folder}); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, r)
	return archive.Refuse("The member "+quote(name), err)
}

// visit takes one member of the archive.
func (s *sdist) visit(m archive.Member) error {
	if m.Name == "." && m.Folder {
		return nil
	}
	top, rest, inside := strings.Cut(m.Name, "/")
	if s.top == "" {
		s.top = top
	}
	if top != s.top || !inside && !m.Folder {
		return model.Errorf(model.Invalid, "It must have one folder that all else is in, but has %s and %s.", quote(s.top), quote(top))
	}
	if err := s.checkLinks(m); err != nil {
		return err
	}
	if !strings.EqualFold(rest, "PKG-INFO") {
		return nil
	}
	if s.seen || !m.Regular || rest != "PKG-INFO" {
		return model.Errorf(model.Invalid, "PKG-INFO must be there once, as a plain file.")
	}
	s.seen = true
	raw, err := io.ReadAll(archive.LimitMember(m, MaxMetadata, "PKG-INFO"))
	s.raw = raw
	return archive.Refuse("PKG-INFO", err)
}

func (s *sdist) result() ([]byte, error) {
	if !s.seen {
		return nil, model.Errorf(model.Invalid, "It has no PKG-INFO in its top folder.")
	}
	return s.raw, nil
}
