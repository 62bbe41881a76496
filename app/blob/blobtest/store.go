// Package blobtest is the compliance suite of blob stores: what every one has to
// do, whatever it stores bytes on. A store passes it through a few lines that give
// its own types these names.
package blobtest

import (
	"context"
	"io"
	"iter"
	"testing"
	"time"

	"vivarium/app/blob"
)

// Writer is a blob that is being written.
type Writer interface {
	io.Writer
	io.ReaderFrom
	Digest() blob.Digest
	Commit() (blob.Digest, error)
	Abort() error
}

// File is a blob that is being read.
type File interface {
	io.ReadSeekCloser
	io.ReaderAt
}

// Store is what the suite asks of a store.
type Store interface {
	Create() (Writer, error)
	Open(sha256 string) (File, error)
	Has(sha256 string) (bool, error)
	Remove(sha256 string) error
	All(ctx context.Context) iter.Seq2[blob.Entry, error]
	SweepTemporary(olderThan time.Time) (n int, bytes int64, err error)
	Check() error
}

// Run tests the stores that open makes, a new and empty one for each test.
func Run(t *testing.T, open func(t *testing.T) Store) {
	tests := []struct {
		name string
		run  func(*testing.T, Store)
	}{
		{"what is committed is read back", testRoundTrip},
		{"a reader is streamed in one pass", testReadFrom},
		{"a reader that breaks off leaves nothing", testBrokenReader},
		{"nothing is seen before commit", testInvisible},
		{"abort leaves nothing and may be repeated", testAbort},
		{"a writer that has ended takes no more", testEnded},
		{"the same bytes are stored once, and touched", testAgain},
		{"many writers of the same bytes all succeed", testConcurrent},
		{"a file that is open outlives its removal", testRemove},
		{"only digests are names", testNames},
		{"all lists every blob, and may be stopped", testAll},
		{"a list ends with its context", testAllCancelled},
		{"leftovers are swept when they are old", testSweep},
		{"an empty store is ready", testCheck},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.run(t, open(t))
		})
	}
}
