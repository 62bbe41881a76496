package pypiindex

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// Bounds of an upload form (U26): parts, bytes of a field, bytes of all fields.
const (
	maxParts     = 2048
	maxField     = 64 << 10
	maxLongField = 1 << 20
	maxFields    = 4 << 20
)

// longFields hold whole documents.
var longFields = map[string]bool{"description": true, "attestations": true}

// form is what an upload says beside its bytes. Of repeated fields the first
// counts; only those that are compared with the file matter.
type form struct {
	fields   map[string]string
	fileName string
	hasFile  bool
}

func readForm(parts *multipart.Reader, in *registry.Incoming) (form, error) {
	f := form{fields: map[string]string{}}
	room := int64(maxFields)
	for range maxParts {
		part, err := parts.NextRawPart()
		if err == io.EOF { // wrapped, it is the end of a form that was cut off
			return f, nil
		}
		if err != nil {
			return f, malformed(err)
		}
		if part.FormName() == "content" {
			err = f.takeFile(part, in)
		} else {
			err = f.takeField(part, &room)
		}
		if err != nil {
			return f, err
		}
	}
	return f, model.Errorf(model.Invalid, "Malformed upload: more than %d parts.", maxParts)
}

func (f *form) takeFile(part *multipart.Part, in *registry.Incoming) error {
	if f.hasFile {
		return model.Errorf(model.Invalid, "Malformed upload: two files in one form.")
	}
	f.hasFile, f.fileName = true, rawFileName(part)
	_, err := in.ReadFrom(part)
	return err
}

func (f *form) takeField(part *multipart.Part, room *int64) error {
	limit := int64(maxField)
	if longFields[part.FormName()] {
		limit = maxLongField
	}
	value, err := io.ReadAll(io.LimitReader(part, limit+1))
	if err != nil {
		return malformed(err)
	}
	*room -= int64(len(value))
	if int64(len(value)) > limit || *room < 0 {
		return model.Errorf(model.Invalid, "Malformed upload: the field %q is too large.", clean(part.FormName()))
	}
	if _, known := f.fields[part.FormName()]; !known {
		f.fields[part.FormName()] = string(value)
	}
	return nil
}

// rawFileName is the part's file name as sent: Part.FileName would cut a path
// down to its last element, and a name with a path is to be refused.
func rawFileName(part *multipart.Part) string {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return params["filename"]
}

// malformed words a form that cannot be read. What a limit of the server says stays
// as it is.
func malformed(err error) error {
	switch {
	case model.CodeOf(err) != model.Internal:
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &model.Error{Code: model.Invalid, Message: "Malformed upload: the form broke off before its end.", Err: err}
	}
	return &model.Error{Code: model.Invalid, Message: "Malformed upload: the form cannot be read.", Err: err}
}
