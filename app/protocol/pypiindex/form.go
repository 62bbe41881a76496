package pypiindex

import (
	"io"
	"mime/multipart"

	"vivarium/app/model"
	"vivarium/app/protocol"
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
			return f, protocol.FormError(err)
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
	f.hasFile, f.fileName = true, protocol.RawFileName(part)
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
		return protocol.FormError(err)
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
