package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"

	"vivarium/app/model"
)

// holdsBody reports whether the file holds the body's bytes and no others. It does
// not when it is absent or cannot be read.
func holdsBody(path string, body model.Body) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, nil
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() != body.Size() {
		return false, nil
	}
	var have []byte
	for piece, err := range body.Pieces(0) {
		if err != nil {
			return false, err
		}
		have = slices.Grow(have[:0], len(piece))[:len(piece)]
		if _, err := io.ReadFull(f, have); err != nil || !bytes.Equal(have, piece) {
			return false, nil
		}
	}
	return true, nil
}

// writeBody makes a file of a document's body, in one step for who reads it.
func writeBody(path string, body model.Body) error {
	const mode = 0o644
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	err = errors.Join(copyBody(f, body), f.Close())
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return os.Rename(part, path)
}

func copyBody(to io.Writer, body model.Body) error {
	for piece, err := range body.Pieces(0) {
		if err != nil {
			return err
		}
		if _, err := to.Write(piece); err != nil {
			return err
		}
	}
	return nil
}
