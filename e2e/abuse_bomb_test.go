package e2e

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

const bombSize = 512 << 20

// zeros yields n zeros.
func zeros(n int64) io.Reader { return io.LimitReader(zeroReader{}, n) }

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// swollenZstd compresses start and then n zeros.
func swollenZstd(t *testing.T, start []byte, n int64) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	sure(t, err)
	_, err = io.Copy(w, io.MultiReader(bytes.NewReader(start), zeros(n)))
	sure(t, err)
	sure(t, w.Close())
	return out.Bytes()
}

// swollenGzip is the same in gzip, whose members may follow each other.
func swollenGzip(t *testing.T, start []byte, n int) []byte {
	t.Helper()
	return append(gzipOf(t, start), bytes.Repeat(gzipOf(t, make([]byte, zeroPiece)), n/zeroPiece)...)
}

const zeroPiece = 8 << 20

// swollenMember is a zip member of n zeros: blocks of deflate that end at a byte
// may follow each other.
func swollenMember(t *testing.T, name string, n int) entry {
	t.Helper()
	var piece, end bytes.Buffer
	w, err := flate.NewWriter(&piece, flate.BestCompression)
	sure(t, err)
	_, err = w.Write(make([]byte, zeroPiece))
	sure(t, err)
	sure(t, w.Flush())
	w.Reset(&end)
	sure(t, w.Close())
	hash := crc32.NewIEEE()
	_, err = io.Copy(hash, zeros(int64(n)))
	sure(t, err)
	return entry{name: name, packed: append(bytes.Repeat(piece.Bytes(), n/zeroPiece), end.Bytes()...), change: func(h *zip.FileHeader) {
		h.CRC32, h.UncompressedSize64 = hash.Sum32(), uint64(n)
	}}
}

// header is the tar header of a file of size bytes that do not follow.
func header(t *testing.T, name string, size int64) []byte {
	t.Helper()
	var out bytes.Buffer
	sure(t, tar.NewWriter(&out).WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o644, Typeflag: tar.TypeReg}))
	return out.Bytes()
}

// swollenWheel is a wheel with another member for the one that has its name.
func swollenWheel(t *testing.T, e entry) artifact {
	t.Helper()
	return wheelSpec{change: func(entries []entry) []entry {
		for i := range entries {
			if entries[i].name == e.name {
				entries[i] = e
			}
		}
		return entries
	}}.build(t)
}

// largeMetadata is a wheel whose METADATA is n zeros, as RECORD truthfully says.
func largeMetadata(t *testing.T, n int) artifact {
	t.Helper()
	hash := sha256.New()
	_, err := io.Copy(hash, zeros(int64(n)))
	sure(t, err)
	return wheelSpec{change: func(entries []entry) []entry {
		lines, record := "", len(entries)-1
		for i, e := range entries[:record] {
			sum := sha256.Sum256(e.body)
			line := recordLine(e.name, sum[:], len(e.body))
			if strings.HasSuffix(e.name, "/METADATA") {
				entries[i] = swollenMember(t, e.name, n)
				line = recordLine(e.name, hash.Sum(nil), n)
			}
			lines += line
		}
		entries[record].body = []byte(lines + entries[record].name + ",,\n")
		return entries
	}}.build(t)
}

// TestU6MetadataBomb sends metadata that unpacks to half a gigabyte.
func TestU6MetadataBomb(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	sdist := sdistOf(t)
	sdist.data = swollenGzip(t, header(t, "demo-1.0/PKG-INFO", bombSize), bombSize)
	index, about := header(t, "info/index.json", bombSize), append(header(t, "info/about.json", bombSize), `{"summary": "`...)
	v.refuses(
		attack{"METADATA", swollenWheel(t, swollenMember(t, "demo-1.0.dist-info/METADATA", bombSize)), "more than 64 MiB"},
		attack{"METADATA below the ratio", largeMetadata(t, 56<<20), "larger than"},
		attack{"RECORD below the ratio", swollenWheel(t, swollenMember(t, "demo-1.0.dist-info/RECORD", 56<<20)), "larger than"},
		attack{"PKG-INFO", sdist, "larger than"},
		attack{"index.json", condaSpec{infoStream: swollenZstd(t, index, bombSize)}.build(t), "info/index.json is larger than"},
		attack{"about.json", condaSpec{infoStream: swollenZstd(t, about, bombSize)}.build(t), "info/about.json"},
	)
}

// TestU8Bzip2Bomb sends a few hundred bytes that unpack to half a gigabyte, and to
// an endless index.json.
func TestU8Bzip2Bomb(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	const piece = 8_000_000
	zero := bzip2Of(t, make([]byte, piece))
	bomb := func(start []byte) artifact {
		a := condaSpec{tarBz2: true}.build(t)
		a.data = append(bzip2Of(t, start), bytes.Repeat(zero, bombSize/piece)...)
		return a
	}
	v.refuses(
		attack{"in a member", bomb(header(t, "share/x", bombSize)), "decompression bomb"},
		attack{"in index.json", bomb(header(t, "info/index.json", bombSize)), "info/index.json is larger than"},
		attack{"behind the end", bomb(tarOf(t, condaSpec{}.infoMembers(t)...)), "decompression bomb"},
	)
}

// TestU9ZstdBomb sends zstd streams that unpack to half a gigabyte, and one that
// asks for a window of a gigabyte.
func TestU9ZstdBomb(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	inMember, behind := swollenZstd(t, header(t, "share/x", bombSize), bombSize), swollenZstd(t, tarOf(t), bombSize)
	window := func(size byte) []byte { return []byte{0x28, 0xb5, 0x2f, 0xfd, 0, size, 1, 0, 0} }
	v.refuses(
		attack{"in the info archive", condaSpec{infoStream: inMember}.build(t), "decompression bomb"},
		attack{"in the package archive", condaSpec{pkgStream: inMember}.build(t), "decompression bomb"},
		attack{"behind the end", condaSpec{pkgStream: behind}.build(t), "decompression bomb"},
		attack{"window of 1 GiB", condaSpec{pkgStream: window(0xa0)}.build(t), "The package archive"},
		attack{"window of 2 TiB", condaSpec{pkgStream: window(0xf8)}.build(t), "The package archive"},
		attack{"window of 1 GiB, info", condaSpec{infoStream: window(0xa0)}.build(t), "The info archive"},
		attack{"window of 128 MiB, cut short", condaSpec{pkgStream: window(0x88)[:6]}.build(t), "The package archive"},
	)
	// The window of the reference encoder's highest level is taken, and is memory.
	const widest = 128 << 20
	v.refusesWithin(mostMemory+widest, attack{"window of 128 MiB, and zeros to fill it", condaSpec{pkgStream: runs(0x88, bombSize)}.build(t), "decompression bomb"})
	v.hasNothing()
}

// runs is a zstd stream that asks for a window and consists of runs of zeros: four
// bytes for each 128 KiB.
func runs(window byte, n int) []byte {
	const longest, runLength = 128 << 10, 1
	out := []byte{0x28, 0xb5, 0x2f, 0xfd, 0, window}
	for range n / longest {
		block := longest<<3 | runLength<<1
		out = append(out, byte(block), byte(block>>8), byte(block>>16), 0)
	}
	return append(out, 1, 0, 0) // an empty block ends it
}

// TestU14SparseTar sends tar archives of 2 KiB one member of which yields a
// terabyte of zeros.
func TestU14SparseTar(t *testing.T) {
	t.Parallel()
	v := newVictim(t)
	inSdist := sdistOf(t)
	inSdist.data = gzipOf(t, sparse(t, "demo-1.0/x"))
	v.refuses(
		attack{"sdist", inSdist, "sparse"},
		attack{"conda", condaSpec{pkgStream: zstdOf(t, sparse(t, "x"))}.build(t), "sparse"},
		attack{"conda, info", condaSpec{infoStream: zstdOf(t, sparse(t, "info/index.json"))}.build(t), "sparse"},
	)
}

// sparse is a tar archive in the old GNU form whose one member has a byte and a
// hole of a terabyte.
func sparse(t *testing.T, name string) []byte {
	t.Helper()
	data := tarOf(t, member{name: name, body: []byte("y")})
	copy(data[156:], "S")
	copy(data[257:], "ustar  \x00")
	copy(data[386:], "00000000000\x0000000000001\x00")
	copy(data[483:495], "\x80\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00")
	copy(data[148:156], "        ")
	sum := 0
	for _, c := range data[:512] {
		sum += int(c)
	}
	copy(data[148:], fmt.Sprintf("%06o\x00 ", sum))
	return data
}
