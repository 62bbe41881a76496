package store

import (
	"context"
	"encoding/binary"
	"os"
)

// version names a state of the database: two that are equal are of the same
// state. It is the header of the WAL index, or where that cannot be read the
// DataVersion.
type version struct {
	header walHeader
	data   int64
}

// version returns the version now. Reading the header costs a twentieth of asking
// SQLite.
func (db *database) version(ctx context.Context) (version, error) {
	if h, ok := readWALHeader(db.walIndex); ok {
		return version{header: h}, nil
	}
	data, err := db.dataVersion(ctx)
	return version{data: data}, err
}

// walHeader is the first part of a WAL index, the -shm file, which SQLite's "WAL
// file format" describes. Every commit writes another one before it returns: it
// holds a counter of transactions, and the salts, the length and the checksum of
// the log.
type walHeader [48]byte

// Where the header has what, and its format.
const (
	walIndexFormat = 3007000
	walFormatAt    = 0
	walSetUpAt     = 12
	walChecksumAt  = 40
)

// headerTries is how often a header is read that is just being written.
const headerTries = 3

// readWALHeader returns the header of a WAL index, as SQLite itself reads it: it
// stands there twice, and whoever writes it writes the second copy first.
func readWALHeader(f *os.File) (h walHeader, ok bool) {
	if f == nil {
		return h, false
	}
	for range headerTries {
		var both [2 * len(h)]byte
		if _, err := f.ReadAt(both[:], 0); err != nil {
			return h, false
		}
		h = walHeader(both[:len(h)])
		if h == walHeader(both[len(h):]) {
			return h, h.valid()
		}
	}
	return h, false
}

func (h walHeader) valid() bool {
	word := func(at int) uint32 { return binary.NativeEndian.Uint32(h[at:]) }
	var a, b uint32
	for at := 0; at < walChecksumAt; at += 8 {
		a += word(at) + b
		b += word(at+4) + a
	}
	return word(walFormatAt) == walIndexFormat && h[walSetUpAt] == 1 &&
		word(walChecksumAt) == a && word(walChecksumAt+4) == b
}
