package blobtest

import (
	"io"
	"testing"
	"time"

	"vivarium/app/blob"
)

// create begins a blob. Nobody ends it: that is the test's business.
func create(t *testing.T, s Store) Writer {
	t.Helper()
	w, err := s.Create()
	if err != nil {
		t.Fatalf("create: %v", err)
	}
	return w
}

// put stores content.
func put(t *testing.T, s Store, content string) blob.Digest {
	t.Helper()
	w := create(t, s)
	defer w.Abort()
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatalf("write: %v", err)
	}
	digest, err := w.Commit()
	if err != nil {
		t.Fatalf("commit: %v", err)
	}
	return digest
}

func read(t *testing.T, s Store, sha256 string) string {
	t.Helper()
	f, err := s.Open(sha256)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	defer f.Close()
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return string(content)
}

func has(t *testing.T, s Store, sha256 string) bool {
	t.Helper()
	ok, err := s.Has(sha256)
	if err != nil {
		t.Fatalf("has: %v", err)
	}
	return ok
}

func list(t *testing.T, s Store) []blob.Entry {
	t.Helper()
	var entries []blob.Entry
	for e, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatalf("all: %v", err)
		}
		entries = append(entries, e)
	}
	return entries
}

// expectEmpty fails unless the store has neither blobs nor leftovers.
func expectEmpty(t *testing.T, s Store) {
	t.Helper()
	if entries := list(t, s); len(entries) != 0 {
		t.Errorf("got blobs %v, want none", entries)
	}
	expectNoLeftovers(t, s)
}

// expectNoLeftovers fails when a sweep of everything finds something.
func expectNoLeftovers(t *testing.T, s Store) {
	t.Helper()
	if n, size, err := s.SweepTemporary(time.Now().Add(24 * time.Hour)); n != 0 || err != nil {
		t.Errorf("got %d temporary files of %d bytes, %v, want none", n, size, err)
	}
}
