package store

import (
	"errors"
	"os"
	"sync"
)

const walIndexSuffix = "-shm"

// walIndexes has the WAL indexes that this process reads, by path. They are shared
// by all Stores of a database and closed after the last, because closing any file
// drops the locks that SQLite holds on it for the whole process.
var walIndexes = struct {
	sync.Mutex
	open map[string]*walIndex
}{open: map[string]*walIndex{}}

type walIndex struct {
	users int
	file  *os.File
}

// holdWALIndex must come before the first connection, and release after the last
// is closed.
func holdWALIndex(path string) (release func() error) {
	walIndexes.Lock()
	defer walIndexes.Unlock()
	x := walIndexes.open[path]
	if x == nil {
		x = &walIndex{}
		walIndexes.open[path] = x
	}
	x.users++
	return sync.OnceValue(func() error {
		walIndexes.Lock()
		defer walIndexes.Unlock()
		if x.users--; x.users > 0 {
			return nil
		}
		delete(walIndexes.open, path)
		if x.file == nil {
			return nil
		}
		return x.file.Close()
	})
}

// openWALIndex opens the WAL index of a database that is held and has been read,
// so that the connections keep it where it is. It is nil if it cannot be read.
func openWALIndex(path string) *os.File {
	walIndexes.Lock()
	defer walIndexes.Unlock()
	x := walIndexes.open[path]
	now, err := os.Stat(path + walIndexSuffix)
	if err != nil {
		return nil
	}
	if x.file != nil {
		// The one of connections that closed when these were not open yet is no
		// longer there.
		if was, err := x.file.Stat(); err == nil && os.SameFile(was, now) {
			return x.file
		}
		if err := x.file.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
			return nil
		}
	}
	if x.file, err = os.Open(path + walIndexSuffix); err != nil {
		x.file = nil
	}
	return x.file
}
