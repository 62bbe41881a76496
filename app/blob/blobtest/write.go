package blobtest

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"vivarium/app/blob"
)

// The digests that other programs print for these bytes.
const (
	sample       = "conda packages are zip files\n"
	sampleSHA256 = "ccf10d4fdebd71b74b1832f6845e36e4083bc20f382f60819d0a5e6f3146e0d4"
	sampleMD5    = "5bb9572b507a64f12de1b79ea25e2b35"
	emptySHA256  = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	emptyMD5     = "d41d8cd98f00b204e9800998ecf8427e"
	absentSHA256 = "00000000000000000000000000000000000000000000000000000000000000ff"
)

func testRoundTrip(t *testing.T, s Store) {
	for _, test := range []struct {
		bytes string
		want  blob.Digest
	}{
		{sample, blob.Digest{SHA256: sampleSHA256, MD5: sampleMD5, Size: int64(len(sample))}},
		{"", blob.Digest{SHA256: emptySHA256, MD5: emptyMD5}},
	} {
		if got := put(t, s, test.bytes); got != test.want {
			t.Errorf("commit of %q: got %+v, want %+v", test.bytes, got, test.want)
		}
		if got := read(t, s, test.want.SHA256); got != test.bytes {
			t.Errorf("read: got %q, want %q", got, test.bytes)
		}
	}
}

func testReadFrom(t *testing.T, s Store) {
	large := strings.Repeat("0123456789abcdef", 64<<10) // more than any buffer
	w := create(t, s)
	if _, err := io.WriteString(w, "head "); err != nil {
		t.Fatal(err)
	}
	n, err := w.ReadFrom(iotest.HalfReader(strings.NewReader(large)))
	if err != nil || n != int64(len(large)) {
		t.Fatalf("ReadFrom: got %d, %v, want %d", n, err, len(large))
	}
	before := w.Digest()
	after, err := w.Commit()
	if err != nil || before != after {
		t.Fatalf("digest before commit %+v, after %+v, %v", before, after, err)
	}
	if got := read(t, s, after.SHA256); got != "head "+large {
		t.Errorf("read: got %d bytes, want %d", len(got), len(large)+5)
	}
}

func testBrokenReader(t *testing.T, s Store) {
	broken := errors.New("the client went away")
	w := create(t, s)
	_, err := w.ReadFrom(io.MultiReader(strings.NewReader(sample), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) {
		t.Errorf("ReadFrom: got %v, want the reader's error", err)
	}
	if _, err := w.Commit(); !errors.Is(err, broken) {
		t.Errorf("commit of half the bytes: got %v, want the reader's error", err)
	}
	expectEmpty(t, s)
}

func testInvisible(t *testing.T, s Store) {
	w := create(t, s)
	defer w.Abort()
	if _, err := io.WriteString(w, sample); err != nil {
		t.Fatal(err)
	}
	if has(t, s, sampleSHA256) {
		t.Error("the blob is there before commit")
	}
	if got := list(t, s); len(got) != 0 {
		t.Errorf("all lists %v before commit", got)
	}
}

func testAbort(t *testing.T, s Store) {
	w := create(t, s)
	if _, err := io.WriteString(w, sample); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := w.Abort(); err != nil {
			t.Fatalf("abort: %v", err)
		}
	}
	expectEmpty(t, s)

	w = create(t, s)
	if _, err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := w.Abort(); err != nil {
		t.Errorf("abort after commit: %v", err)
	}
	if !has(t, s, emptySHA256) {
		t.Error("abort after commit took the blob away")
	}
}

func testEnded(t *testing.T, s Store) {
	w := create(t, s)
	if err := w.Abort(); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte("x")); err == nil {
		t.Error("an aborted writer takes bytes")
	}
	if _, err := w.Commit(); err == nil {
		t.Error("an aborted writer commits")
	}
	expectEmpty(t, s)
}

func testAgain(t *testing.T, s Store) {
	first := put(t, s, sample)
	old := list(t, s)[0].ModTime
	deadline := time.Now().Add(5 * time.Second)
	for {
		if got := put(t, s, sample); got != first {
			t.Fatalf("second commit: got %+v, want %+v", got, first)
		}
		entries := list(t, s)
		if len(entries) != 1 {
			t.Fatalf("got %d blobs, want one: %v", len(entries), entries)
		}
		if entries[0].ModTime.After(old) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("a commit of bytes that are there does not touch them")
		}
	}
	expectNoLeftovers(t, s)
}

func testConcurrent(t *testing.T, s Store) {
	var writers sync.WaitGroup
	content := bytes.Repeat([]byte(sample), 1000)
	for range 24 {
		writers.Go(func() {
			w, err := s.Create()
			if err != nil {
				t.Error(err)
				return
			}
			defer w.Abort()
			if _, err := w.ReadFrom(bytes.NewReader(content)); err != nil {
				t.Error(err)
			}
			digest, err := w.Commit()
			if err != nil {
				t.Error(err)
				return
			}
			if ok, err := s.Has(digest.SHA256); !ok || err != nil {
				t.Errorf("after commit: got %v, %v, want true", ok, err)
			}
		})
	}
	writers.Wait()
	entries := list(t, s)
	if len(entries) != 1 || entries[0].Size != int64(len(content)) {
		t.Fatalf("got %v, want one blob of %d bytes", entries, len(content))
	}
	if got := read(t, s, entries[0].SHA256); got != string(content) {
		t.Error("the bytes differ from what was written")
	}
	expectNoLeftovers(t, s)
}
