package condatest

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"hash/crc32"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// Member is one tar member. Type is a regular file when zero.
type Member struct {
	Name string
	Body []byte
	Type byte   // as tar.TypeSymlink
	Link string // the target of a link
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

// Zstd returns data as one zstd frame.
func Zstd(t testing.TB, data []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(256<<10))
	must(t, err)
	defer w.Close()
	return w.EncodeAll(data, nil)
}

// Entry is one zip member, stored unless Method says otherwise. Descriptor puts
// its sizes behind the data, as writers do that cannot seek.
type Entry struct {
	Name       string
	Body       []byte
	Method     uint16
	Flags      uint16
	Descriptor bool
}

// Zip returns an archive of the entries in their order. Bodies are written as
// they are, whatever the method.
func Zip(t testing.TB, entries ...Entry) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, e := range entries {
		header := &zip.FileHeader{
			Name: e.Name, Method: e.Method, Flags: e.Flags, CRC32: crc32.ChecksumIEEE(e.Body),
			CompressedSize64: uint64(len(e.Body)), UncompressedSize64: uint64(len(e.Body)),
		}
		if e.Descriptor {
			header.Flags |= 8
		}
		out, err := w.CreateRaw(header)
		must(t, err)
		_, err = out.Write(e.Body)
		must(t, err)
	}
	must(t, w.Close())
	return buf.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("build fixture: %v", err)
	}
}
