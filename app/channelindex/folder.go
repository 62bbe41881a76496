package channelindex

import (
	"io"
	"os"
)

// Folder keeps the files that an Index may lose: without one it only takes longer
// after a restart, and shards that no index lists any more are gone. Names are made
// of numbers, hashes and dates.
type Folder interface {
	// Write makes a file of what fill writes, whole or not at all.
	Write(name string, fill func(io.Writer) error) error
	// Append opens a file to be written at its end and to be read, and makes it
	// when it is missing.
	Append(name string) (*os.File, error)
	// Temporary opens a file without a name, which is gone when it is closed.
	Temporary() (*os.File, error)
	// Open opens a file to be read.
	Open(name string) (*os.File, error)
	// Names lists the files.
	Names() ([]string, error)
	// Remove takes a file away.
	Remove(name string) error
}
