package conda_test

import (
	"archive/tar"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"vivarium/app/format/conda/condatest"
)

// zeros yields n zeros.
func zeros(n int64) io.Reader { return io.LimitReader(zeroReader{}, n) }

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// zstdBomb compresses start and then n zeros.
func zstdBomb(t testing.TB, start []byte, n int64) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := zstd.NewWriter(&out, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err == nil {
		_, err = io.Copy(w, io.MultiReader(bytes.NewReader(start), zeros(n)))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// bzip2Bomb compresses start and then about n zeros: bzip2 streams may follow each
// other.
func bzip2Bomb(start []byte, n int) []byte {
	const piece = 4_000_000
	return append(condatest.Bzip2(start), bytes.Repeat(condatest.Bzip2(make([]byte, piece)), n/piece)...)
}

// header is the tar header of a file of size bytes that do not follow.
func header(t testing.TB, name string, size int64) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := tar.NewWriter(&out).WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o644, Typeflag: tar.TypeReg}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// condaOf returns a .conda file with other bytes for its two archives; nil leaves
// one as it is.
func condaOf(t testing.TB, info, pkg []byte) []byte {
	t.Helper()
	entries := condatest.CondaEntries(t, condatest.Spec{})
	if pkg != nil {
		entries[1].Body = pkg
	}
	if info != nil {
		entries[2].Body = info
	}
	return condatest.Zip(t, entries...)
}

// noise is n bytes of alphabet that hardly compress.
func noise(n int, alphabet string) []byte {
	source, out := rand.New(rand.NewPCG(1, 2)), make([]byte, n)
	for i := range out {
		out[i] = alphabet[source.IntN(len(alphabet))]
	}
	return out
}

// TestBombs does not run in parallel: it watches the memory of the whole test.
func TestBombs(t *testing.T) {
	const c, b, size = "demo-1.0-0.conda", "demo-1.0-0.tar.bz2", 200 << 20
	files := condatest.Tar(t, condatest.FileMembers(condatest.Spec{})...)
	inMember := zstdBomb(t, header(t, "share/x", size), size)
	index, about := header(t, "info/index.json", size), append(header(t, "info/about.json", size), `{"summary": "x`...)
	blanks := append(header(t, "info/paths.json", size), noise(33<<20, " \n\t\r")...)
	giantWindow := []byte{0x28, 0xb5, 0x2f, 0xfd, 0, 0x90, 1, 0, 0}
	bombs := []hostile{
		{"U6 index.json of 200 MiB", c, condaOf(t, zstdBomb(t, index, size), nil), "info/index.json is larger than 1024 KiB"},
		{"U6 about.json of 200 MiB", c, condaOf(t, zstdBomb(t, about, size), nil), "info/about.json is not valid JSON"},
		{"U6 paths.json of blanks", c, condaOf(t, condatest.Zstd(t, blanks), nil), "larger than 32768 KiB"},
		{"U6 files of 200 MiB", c, condaOf(t, zstdBomb(t, header(t, "info/files", size), size), nil), "info/files"},
		{"U8 bzip2 bomb", b, bzip2Bomb(nil, size), "decompression bomb"},
		{"U8 bzip2 bomb in a member", b, bzip2Bomb(header(t, "x", size), size), "decompression bomb"},
		{"U8 bzip2 bomb in index.json", b, bzip2Bomb(index, size), "info/index.json is larger than"},
		{"U9 zstd bomb in info", c, condaOf(t, inMember, nil), "decompression bomb"},
		{"U9 zstd bomb in pkg", c, condaOf(t, nil, inMember), "decompression bomb"},
		{"U9 zstd bomb behind the end", c, condaOf(t, nil, zstdBomb(t, files, size)), "decompression bomb"},
		{"U9 window of 256 MiB", c, condaOf(t, nil, giantWindow), "The package archive is damaged"},
		{"U14 sparse file", c, condaOf(t, nil, condatest.Zstd(t, sparse(t))), "sparse file"},
	}
	blanks = nil
	flat(t, 64<<20, func() { refused(t, bombs) })
}

// sparse is a tar archive of 2 KiB whose one member yields a terabyte of zeros.
func sparse(t *testing.T) []byte {
	t.Helper()
	data := condatest.Tar(t, condatest.Member{Name: "x", Body: []byte("y")})
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

// flat runs fn and fails when the heap grew by more than most bytes meanwhile.
func flat(t *testing.T, most uint64, fn func()) {
	t.Helper()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	heap := func() uint64 { metrics.Read(sample); return sample[0].Value.Uint64() }
	// What waits for the collector is not in use; it waits long under the race
	// detector.
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	runtime.GC()
	start, peak := heap(), uint64(0)
	var stop atomic.Bool
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ticks := time.NewTicker(time.Millisecond); !stop.Load(); <-ticks.C {
			peak = max(peak, heap())
		}
	}()
	fn()
	stop.Store(true)
	<-done
	if peak > start+most {
		t.Errorf("the heap grew from %d to %d MiB", start>>20, peak>>20)
	}
}

func TestBigPackageInFlatMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some hundred megabytes")
	}
	body := noise(16<<20, "conda packages 0123456789\n")
	data := condaWith(t, nil, []condatest.Member{{Name: "lib/a", Body: body}, {Name: "lib/b", Body: body}, {Name: "lib/c", Body: body}})
	flat(t, 32<<20, func() {
		if _, err := read(data, "demo-1.0-0.conda"); err != nil {
			t.Error(err)
		}
	})
}
