package e2e

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"hash/crc32"
	"io"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// entry is a zip member, deflated unless stored. change alters its header, which
// then may lie; packed stands in place of the deflated body.
type entry struct {
	name         string
	body, packed []byte
	stored       bool
	change       func(*zip.FileHeader)
}

// zipOf packs entries in their order.
func zipOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, e := range entries {
		header, packed := &zip.FileHeader{Name: e.name, CRC32: crc32.ChecksumIEEE(e.body), UncompressedSize64: uint64(len(e.body))}, e.body
		switch {
		case e.packed != nil:
			header.Method, packed = zip.Deflate, e.packed
		case !e.stored && len(e.body) > 0:
			header.Method, packed = zip.Deflate, deflated(t, e.body)
		}
		header.CompressedSize64 = uint64(len(packed))
		if e.change != nil {
			e.change(header)
		}
		out, err := w.CreateRaw(header)
		sure(t, err)
		_, err = out.Write(packed)
		sure(t, err)
	}
	sure(t, w.Close())
	return buf.Bytes()
}

func deflated(t testing.TB, data []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := flate.NewWriter(&buf, flate.BestCompression)
	sure(t, err)
	pour(t, w, data)
	return buf.Bytes()
}

// member is a tar member, a regular file unless kind says otherwise.
type member struct {
	name string
	body []byte
	kind byte // as tar.TypeSymlink
	link string
}

// tarOf packs members in their order.
func tarOf(t testing.TB, members ...member) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	for _, m := range members {
		if m.kind == 0 {
			m.kind = tar.TypeReg
		}
		sure(t, w.WriteHeader(&tar.Header{Name: m.name, Mode: 0o644, Size: int64(len(m.body)), Typeflag: m.kind, Linkname: m.link}))
		_, err := w.Write(m.body)
		sure(t, err)
	}
	sure(t, w.Close())
	return buf.Bytes()
}

func gzipOf(t testing.TB, data []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	pour(t, gzip.NewWriter(&buf), data)
	return buf.Bytes()
}

func zstdOf(t testing.TB, data []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	sure(t, err)
	defer w.Close()
	return w.EncodeAll(data, nil)
}

// bzip2Of compresses with Python, as Go's library only reads the format.
func bzip2Of(t *testing.T, data []byte) []byte {
	t.Helper()
	const script = "import bz2, sys; sys.stdout.buffer.write(bz2.compress(sys.stdin.buffer.read()))"
	return []byte(execute(t, scratch, plainEnv(scratch), string(data), venvProgram(t, "python"), "-c", script).ok(t).stdout)
}

// pour writes data to w and closes it.
func pour(t testing.TB, w io.WriteCloser, data []byte) {
	t.Helper()
	_, err := w.Write(data)
	sure(t, err)
	sure(t, w.Close())
}

// sure ends the test when something that cannot fail did.
func sure(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func readAll(t testing.TB, r io.Reader) []byte {
	t.Helper()
	b, err := io.ReadAll(r)
	sure(t, err)
	return b
}
