package blob

import (
	"bufio"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"vivarium/app/model"
)

// Scratch is a folder of named files that may be lost: whoever keeps them can make
// them again. They survive the end of the process, but not always a power failure.
// Its methods may be called by many goroutines.
type Scratch struct{ root *os.Root }

// unfinished begins the names of files that are being written.
const (
	unfinished      = "new-"
	unfinishedGrace = time.Hour
)

// OpenScratch opens the folder dir and makes it when it is missing. What a process
// that was killed has left half written is taken away.
func OpenScratch(dir string) (*Scratch, error) {
	if err := makeFolders(filepath.Clean(dir)); err != nil {
		return nil, failure("make the cache folder", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, failure("open the cache folder", err)
	}
	s := &Scratch{root}
	if err := s.sweep(); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return s, nil
}

// Close gives the folder back. Files that are open stay usable.
func (s *Scratch) Close() error { return s.root.Close() }

// Write makes the file name of what fill writes, in the place of one of that name.
// When fill fails nothing has changed.
func (s *Scratch) Write(name string, fill func(io.Writer) error) error {
	if err := checkName(name); err != nil {
		return err
	}
	temporary := unfinished + rand.Text()
	f, err := s.root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return failure("create a cache file", err)
	}
	buffer := bufio.NewWriterSize(f, copyBuffer)
	err = errors.Join(fill(buffer), buffer.Flush(), f.Close())
	if err == nil {
		err = s.root.Rename(temporary, name)
	}
	if err != nil {
		return errors.Join(failure("write a cache file", err), s.root.Remove(temporary))
	}
	return nil
}

// Append opens the file name to be written at its end and read anywhere, and makes
// it when it is missing.
func (s *Scratch) Append(name string) (*os.File, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	f, err := s.root.OpenFile(name, os.O_RDWR|os.O_APPEND|os.O_CREATE, fileMode)
	if err != nil {
		return nil, failure("open a cache file", err)
	}
	return f, nil
}

// Temporary opens a file that has no name, to be written and read: it is gone when
// it is closed.
func (s *Scratch) Temporary() (*os.File, error) {
	name := unfinished + rand.Text()
	f, err := s.root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return nil, failure("create a cache file", err)
	}
	if err := s.root.Remove(name); err != nil {
		return nil, errors.Join(failure("take a cache file's name away", err), f.Close())
	}
	return f, nil
}

// Open opens the file name to be read. It fails with NotFound when it is absent.
func (s *Scratch) Open(name string) (*os.File, error) {
	if err := checkName(name); err != nil {
		return nil, err
	}
	f, err := s.root.Open(name)
	if err != nil {
		return nil, absence("open a cache file", err)
	}
	return f, nil
}

// Names lists the files that are whole, sorted.
func (s *Scratch) Names() ([]string, error) {
	files, err := fs.ReadDir(s.root.FS(), ".")
	if err != nil {
		return nil, failure("list the cache folder", err)
	}
	var names []string
	for _, f := range files {
		if !strings.HasPrefix(f.Name(), unfinished) && f.Type().IsRegular() {
			names = append(names, f.Name())
		}
	}
	return names, nil
}

// Remove takes a file away; one that is absent is removed already.
func (s *Scratch) Remove(name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	if err := s.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failure("remove a cache file", err)
	}
	return nil
}

// sweep takes away what was half written an hour ago. Another process may be
// writing what is younger.
func (s *Scratch) sweep() error {
	files, err := fs.ReadDir(s.root.FS(), ".")
	if err != nil {
		return failure("list the cache folder", err)
	}
	now := (model.Clock{}).Now() // file times are the machine's
	for _, f := range files {
		info, err := f.Info()
		if err != nil || !strings.HasPrefix(f.Name(), unfinished) || now.Sub(info.ModTime()) < unfinishedGrace {
			continue
		}
		if err := s.root.Remove(f.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return failure("remove a cache file", err)
		}
	}
	return nil
}

// checkName keeps names plain: a program makes them, never a user.
func checkName(name string) error {
	for _, c := range []byte(name) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '.' {
			return model.Errorf(model.Invalid, "That is not the name of a cache file: it takes letters, digits, dots and dashes.")
		}
	}
	if name == "" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, unfinished) {
		return model.Errorf(model.Invalid, "That is not the name of a cache file.")
	}
	return nil
}
