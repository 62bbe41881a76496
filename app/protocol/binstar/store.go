package binstar

import (
	"encoding/base64"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	"vivarium/app/model"
)

// The form fields of the store step, and their limits.
const (
	ticketField = "key"
	sizeField   = "Content-Length"
	digestField = "Content-MD5"
	fileField   = "file"

	maxParts = 64
	maxField = 16 << 10 // bytes
)

// storeForm is what the fields before the file say.
type storeForm struct {
	ticket string
	md5    []byte // nil: not declared
	size   int64  // -1: not declared
}

// storeFile is the second step of an upload: the bytes, as a multipart form. Its
// credential is the ticket in the form, which comes before the file, so nobody
// without one gets a byte stored.
func (s *Surface) storeFile(w http.ResponseWriter, r *http.Request) {
	if err := s.receive(r); err != nil {
		s.refuseStore(w, r, err)
		return
	}
	w.WriteHeader(http.StatusCreated)
}

func (s *Surface) receive(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return model.Errorf(model.Invalid, "Send the file as multipart/form-data.")
	}
	form := storeForm{size: -1}
	for range maxParts {
		part, err := parts.NextRawPart()
		if err != nil {
			return partError(err)
		}
		if part.FormName() == fileField {
			return s.receiveFile(r, form, part)
		}
		if err := form.read(part); err != nil {
			return err
		}
	}
	return model.Errorf(model.Invalid, "The form has too many parts: at most %d.", maxParts)
}

// receiveFile stores the part named file, which may or may not have a filename:
// what it is for, the ticket knows.
func (s *Surface) receiveFile(r *http.Request, form storeForm, part io.Reader) error {
	if form.ticket == "" {
		return model.Errorf(model.Forbidden, "The form needs the field %q of the staged upload before the file.", ticketField)
	}
	body := &watchedReader{source: part}
	err := s.Registry.StoreFile(r.Context(), form.ticket, form.md5, form.size, body)
	if body.err != nil && err != nil {
		return partError(body.err)
	}
	return err
}

func (f *storeForm) read(part *multipart.Part) error {
	raw, err := io.ReadAll(io.LimitReader(part, maxField+1))
	if err != nil {
		return partError(err)
	}
	if len(raw) > maxField {
		return model.Errorf(model.Invalid, "A field of the form is longer than %d bytes.", maxField)
	}
	value := strings.TrimSpace(string(raw))
	switch part.FormName() {
	case ticketField:
		f.ticket = value
	case digestField:
		if f.md5, err = base64.StdEncoding.DecodeString(value); err != nil || len(f.md5) != 16 {
			return storeFailure("InvalidDigest", "The Content-MD5 is not the base64 form of an MD5.")
		}
	case sizeField:
		if f.size, err = strconv.ParseInt(value, 10, 64); err != nil || f.size < 0 {
			return model.Errorf(model.Invalid, "The Content-Length is not a number of bytes.")
		}
	}
	return nil
}

// partError says what is wrong with a form that cannot be read.
func partError(err error) error {
	if model.CodeOf(err) == model.TooLarge { // the server's own limit
		return err
	}
	if err == io.EOF { // wrapped, it is the end of a form that was cut off
		return model.Errorf(model.Invalid, "The form has no part named %q.", fileField)
	}
	return storeFailure("IncompleteBody", "The form ended before it was complete. Upload the file again.")
}

// watchedReader keeps the error at which its source ended, to tell a client that
// stopped sending from a disk that failed.
type watchedReader struct {
	source io.Reader
	err    error
}

// Read reads from the source.
func (w *watchedReader) Read(p []byte) (int, error) {
	n, err := w.source.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}
