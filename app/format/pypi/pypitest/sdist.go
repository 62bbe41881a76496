package pypitest

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"testing"
)

// Member is one tar member, a regular file unless Type says otherwise.
type Member struct {
	Name string
	Body []byte
	Type byte   // as tar.TypeSymlink
	Link string // the target of a link
}

// Sdist returns the file name and the bytes of the sdist that s describes.
func Sdist(t testing.TB, s Spec) (fileName string, data []byte) {
	t.Helper()
	return s.SdistName(), Gzip(t, Tar(t, SdistMembers(s)...))
}

// SdistMembers returns the tar members of s as an sdist.
func SdistMembers(s Spec) []Member {
	s = s.withDefaults()
	top := s.stem() + "/"
	members := []Member{
		{Name: top, Type: tar.TypeDir},
		{Name: top + "PKG-INFO", Body: []byte(s.Metadata())},
	}
	for _, name := range s.paths() {
		members = append(members, Member{Name: top + name, Body: []byte(s.Files[name])})
	}
	return members
}

// Tar returns an archive of the members in their order.
func Tar(t testing.TB, members ...Member) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	for _, m := range members {
		header := &tar.Header{Name: m.Name, Mode: 0o644, Size: int64(len(m.Body)), Typeflag: m.Type, Linkname: m.Link}
		if m.Type == 0 {
			header.Typeflag = tar.TypeReg
		}
		must(t, w.WriteHeader(header))
		_, err := w.Write(m.Body)
		must(t, err)
	}
	must(t, w.Close())
	return buf.Bytes()
}

// Gzip returns data as one gzip member.
func Gzip(t testing.TB, data []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	must(t, err)
	_, err = w.Write(data)
	must(t, err)
	must(t, w.Close())
	return buf.Bytes()
}
