package archive

import (
	"errors"
	"fmt"
	"io"
)

// Source is an archive's bytes. It remembers a read that failed, so that a broken
// disk is not taken for a broken archive. It serves one reader at a time.
type Source struct {
	r    io.ReaderAt
	size int64
	err  error
}

// NewSource returns the first size bytes of r.
func NewSource(r io.ReaderAt, size int64) *Source { return &Source{r: r, size: size} }

// Size returns the number of bytes.
func (s *Source) Size() int64 { return s.size }

// ReadAt reads as io.ReaderAt says, within the size.
func (s *Source) ReadAt(p []byte, off int64) (int, error) {
	n, err := io.NewSectionReader(s.r, 0, s.size).ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) && s.err == nil {
		s.err = err
	}
	return n, err
}

// Section returns a reader of n bytes from offset on.
func (s *Source) Section(offset, n int64) *io.SectionReader {
	return io.NewSectionReader(s, offset, n)
}

// Starts reports whether the bytes begin with magic.
func (s *Source) Starts(magic string) bool {
	head := make([]byte, len(magic))
	n, _ := s.ReadAt(head, 0)
	return string(head[:n]) == magic
}

// Blame returns err, or the failed read behind it when there was one: that is no
// fault of the archive, and so no model.Error.
func (s *Source) Blame(err error) error {
	if err != nil && s.err != nil {
		return fmt.Errorf("read archive: %w", s.err)
	}
	return err
}
