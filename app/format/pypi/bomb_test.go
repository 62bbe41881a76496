package pypi_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"hash/crc32"
	"io"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vivarium/app/format/pypi/pypitest"
)

// deflated returns an entry that unpacks to start and then n zeros.
func deflated(t *testing.T, name, start string, n int) pypitest.Entry {
	t.Helper()
	body := append([]byte(start), make([]byte, n)...)
	packed := pypitest.Deflate(t, body)
	return pypitest.Entry{Name: name, Body: packed, Stored: true, Change: func(h *zip.FileHeader) {
		h.Method, h.UncompressedSize64, h.CRC32 = zip.Deflate, uint64(len(body)), crc32.ChecksumIEEE(body)
	}}
}

// lying is an entry that says it unpacks to size bytes.
func lying(e pypitest.Entry, size uint64) pypitest.Entry {
	change := e.Change
	e.Change = func(h *zip.FileHeader) { change(h); h.UncompressedSize64 = size }
	return e
}

// gzipBomb compresses start and then n zeros.
func gzipBomb(t *testing.T, start []byte, n int64) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := io.Copy(w, io.MultiReader(bytes.NewReader(start), io.LimitReader(zeros{}, n)))
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// header is the tar header of a file of size bytes that do not follow.
func header(t *testing.T, name string, size int64) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := tar.NewWriter(&out).WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o644, Typeflag: tar.TypeReg}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestBombs does not run in parallel: it watches the memory of the whole test.
func TestBombs(t *testing.T) {
	const size = 100 << 20
	record := func(e ...pypitest.Entry) []byte { return pypitest.Zip(t, pypitest.WithRecord(e)...) }
	meta := func(name string, n int) []byte {
		const info = "demo-1.0.dist-info/"
		entries := []pypitest.Entry{deflated(t, info+name, "Metadata-Version: 2.1\n", n)}
		for _, other := range []string{"METADATA", "WHEEL", "RECORD"} {
			if other != name {
				entries = append(entries, pypitest.Entry{Name: info + other, Body: []byte("Wheel-Version: 1.0\n")})
			}
		}
		return pypitest.Zip(t, entries...)
	}
	zero := deflated(t, "demo/zeros", "", size)
	bombs := []hostile{
		{"U6 METADATA of 100 MiB", wheelName, meta("METADATA", size), "unpacks to more than 64 MiB"},
		{"U6 METADATA of 9 MiB", wheelName, wheelOf(t, pypitest.Spec{Description: strings.Repeat(" ", 9<<20)}), "METADATA is larger than 8192 KiB"},
		{"U6 WHEEL of 9 MiB", wheelName, meta("WHEEL", 9<<20), "WHEEL is larger than 8192 KiB"},
		{"U6 RECORD of 9 MiB", wheelName, meta("RECORD", 9<<20), "RECORD is larger than 8192 KiB"},
		{"U6 PKG-INFO of 100 MiB", sdistName, gzipBomb(t, header(t, "demo-1.0/PKG-INFO", size), size), "PKG-INFO is larger than 8192 KiB"},
		{"U7 bomb in a member", wheelName, record(zero), "unpacks to more than 64 MiB"},
		{"U7 bomb that lies", wheelName, pypitest.Zip(t, append(pypitest.WheelEntries(pypitest.Spec{}), lying(zero, 9))...), "has no demo-1.0.dist-info/RECORD"},
		{"U7 bomb that lies, listed", wheelName, listedLiar(t, zero), "damaged"},
		{"U7 sizes that overflow", wheelName, record(lying(zero, 1<<63), lying(deflated(t, "x", "", 1), 1<<63)), "contradict"},
		{"U7 many names for one member", wheelName, quoted(t, 20_000), "overlaps another"},
		{"U8 gzip bomb", sdistName, gzipBomb(t, nil, size), "unpacks to more than 64 MiB"},
		{"U8 gzip bomb in a member", sdistName, gzipBomb(t, header(t, "demo-1.0/x", size), size), "unpacks to more than 64 MiB"},
		{"U8 zip bomb in a zip sdist", "demo-1.0.zip", pypitest.Zip(t, deflated(t, "demo-1.0/x", "", size)), "unpacks to more than 64 MiB"},
		{"U14 sparse file", sdistName, pypitest.Gzip(t, sparse(t)), "sparse file"},
		{"many fields", wheelName, wheelOf(t, pypitest.Spec{Headers: []string{strings.Repeat("A:\n", 2<<20)}}), "more than 20000 fields"},
		{"folded field", sdistName, pypitest.Gzip(t, pypitest.Tar(t, folded())), "goes over several lines"},
		{"deep marker", wheelName, wheelOf(t, pypitest.Spec{Requires: []string{"x; " + strings.Repeat("(", 7<<20)}}), "Requires-Dist is"},
		{"many members", wheelName, crowd(t, 70_000), "lists too many members"},
		{"members with long names", wheelName, crowd(t, 40_000), "lists too many members"},
		{"many small members", wheelName, crowd(t, 30_000), "no .dist-info folder"},
		{"deep folders", wheelName, pypitest.Zip(t, deep(100)...), "no .dist-info folder"},
		{"deep folders behind links", sdistName, sdistWith(t, deepLinks()...), "one folder that all else is in"},
		{"deep link", sdistName, sdistWith(t, pypitest.Member{Name: "demo-1.0/" + strings.Repeat("a/", 65) + "b", Type: tar.TypeSymlink, Link: "x"}), "too long ones"},
	}
	for _, bomb := range bombs {
		flat(t, 64<<20, func() { refused(t, []hostile{bomb}) })
	}
}

// listedLiar returns a wheel with a member that unpacks to more than it says, and
// than RECORD says.
func listedLiar(t *testing.T, e pypitest.Entry) []byte {
	t.Helper()
	short := pypitest.Entry{Name: e.Name, Body: make([]byte, 9)}
	entries := pypitest.WithRecord(append([]pypitest.Entry{short}, pypitest.WheelEntries(pypitest.Spec{})...))
	entries[0] = lying(e, 9)
	return pypitest.Zip(t, entries...)
}

// quoted returns a zip archive that lists its one member n times under different
// names.
func quoted(t *testing.T, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := range n {
		if _, err := w.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("%05d", i), Method: zip.Store}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	data := out.Bytes()
	for at := directoryAt(data); bytes.HasPrefix(data[at:], []byte("PK\x01\x02")); at += 46 + 5 {
		copy(data[at+42:], "\x00\x00\x00\x00")
	}
	return data
}

// crowd returns a zip archive of n empty members, with long names when they are
// between 35,000 and 65,535.
func crowd(t *testing.T, n int) []byte {
	t.Helper()
	long := ""
	if n > 35_000 && n < 65_535 {
		long = strings.Repeat("x", 200)
	}
	entries := make([]pypitest.Entry, n)
	for i := range entries {
		entries[i] = pypitest.Entry{Name: fmt.Sprintf("demo/%s%d", long, i)}
	}
	return pypitest.Zip(t, entries...)
}

// deep returns n members far down.
func deep(n int) []pypitest.Entry {
	var entries []pypitest.Entry
	for i := range n {
		entries = append(entries, pypitest.Entry{Name: strings.Repeat("a/", 32_000) + fmt.Sprint(i)})
	}
	return entries
}

// deepLinks returns a link and many members far down that are behind none, and one
// outside.
func deepLinks() []pypitest.Member {
	members := []pypitest.Member{{Name: "demo-1.0/link", Type: tar.TypeSymlink, Link: "x"}}
	for range 40 {
		members = append(members, pypitest.Member{Name: "demo-1.0/" + strings.Repeat("a/", 400_000) + "b"})
	}
	return append(members, pypitest.Member{Name: "x"})
}

// folded is a PKG-INFO whose one field goes on for millions of lines.
func folded() pypitest.Member {
	return pypitest.Member{Name: "demo-1.0/PKG-INFO", Body: []byte("Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nSummary:" + strings.Repeat("\n x", 2_500_000))}
}

// sparse is a tar archive of 2 KiB whose one member yields a terabyte of zeros.
func sparse(t *testing.T) []byte {
	t.Helper()
	data := pypitest.Tar(t, pypitest.Member{Name: "demo-1.0/x", Body: []byte("y")})
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

func TestBigWheelInFlatMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some hundred megabytes")
	}
	body := string(noise(16<<20, "python wheels 0123456789\n"))
	data := wheelOf(t, pypitest.Spec{Files: map[string]string{"demo/a": body, "demo/b": body, "demo/c": body, "demo/d": body, "demo/e": body}})
	flat(t, 32<<20, func() {
		if _, err := read(data, wheelName); err != nil {
			t.Error(err)
		}
	})
}
