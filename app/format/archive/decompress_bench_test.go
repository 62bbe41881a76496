package archive_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/klauspost/compress/zstd"

	"vivarium/app/format/archive"
)

// BenchmarkZstd decompresses what a small package holds, compressed as most are:
// as a stream with a window of 8 MiB.
func BenchmarkZstd(b *testing.B) {
	var packed bytes.Buffer
	encoder, err := zstd.NewWriter(&packed)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := encoder.Write(bytes.Repeat([]byte("from . import x\n"), 300<<10/16)); err != nil {
		b.Fatal(err)
	}
	if err := encoder.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		out, done, err := archive.Zstd(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, out); err != nil {
			b.Fatal(err)
		}
		done()
	}
}
