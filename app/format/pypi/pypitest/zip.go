package pypitest

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"strings"
	"testing"
	"unicode/utf8"
)

// Entry is one zip member, compressed with deflate unless Stored is set. A name
// that ends in a slash makes a folder.
type Entry struct {
	Name   string
	Body   []byte
	Stored bool
	// Descriptor puts the sizes behind the data, as writers do that cannot seek.
	Descriptor bool
	// Change alters the header, which then may lie.
	Change func(*zip.FileHeader)
}

// Zip returns an archive of the entries in their order.
func Zip(t testing.TB, entries ...Entry) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, e := range entries {
		packed, method := e.Body, zip.Store
		if !e.Stored && len(e.Body) > 0 {
			packed, method = Deflate(t, e.Body), zip.Deflate
		}
		header := &zip.FileHeader{
			Name: e.Name, Method: method, CRC32: crc32.ChecksumIEEE(e.Body),
			CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(len(e.Body)),
		}
		if e.Descriptor {
			header.Flags |= 8
		}
		if !isASCII(e.Name) {
			header.Flags |= 1 << 11
		}
		if e.Change != nil {
			e.Change(header)
		}
		out, err := w.CreateRaw(header)
		must(t, err)
		_, err = out.Write(packed)
		must(t, err)
	}
	must(t, w.Close())
	return buf.Bytes()
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// Deflate returns data as one deflate stream.
func Deflate(t testing.TB, data []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := flate.NewWriter(&buf, flate.BestCompression)
	must(t, err)
	_, err = w.Write(data)
	must(t, err)
	must(t, w.Close())
	return buf.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("build fixture: %v", err)
	}
}
