package blob_test

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// BenchmarkWrite stores blobs of the sizes that packages have; each is new.
func BenchmarkWrite(b *testing.B) {
	for _, size := range []struct {
		name  string
		bytes int
	}{{"64KiB", 64 << 10}, {"5MiB", 5 << 20}} {
		b.Run(size.name, func(b *testing.B) {
			d := openDisk(b, b.TempDir())
			content := bytes.Repeat([]byte("0123456789abcdef"), size.bytes/16)
			b.SetBytes(int64(size.bytes))
			var n uint64
			for b.Loop() {
				binary.LittleEndian.PutUint64(content, n)
				n++
				w, err := d.Create()
				if err != nil {
					b.Fatal(err)
				}
				if _, err := w.ReadFrom(bytes.NewReader(content)); err != nil {
					b.Fatal(err)
				}
				if _, err := w.Commit(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkOpen opens a stored blob and closes it, as each download does.
func BenchmarkOpen(b *testing.B) {
	d := openDisk(b, b.TempDir())
	sum := put(b, d, "content").SHA256
	for b.Loop() {
		f, err := d.Open(sum)
		if err != nil {
			b.Fatal(err)
		}
		f.Close()
	}
}
