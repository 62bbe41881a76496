package pypiindex

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// Bounds of an upload form (U26): parts, bytes of a field, bytes of all fields.
const (
	maxParts       = 2048
	maxField       = 64 << 10
	maxDescription = 1 << 20
	maxFields      = 4 << 20
)

// receive takes a wheel or sdist as twine, uv publish, poetry, hatch and flit send
// it. Who may write is decided before the body is read; fields may come before
// or after the file.
func (s *Surface) receive(w http.ResponseWriter, r *http.Request, actor model.Actor, req request) error {
	in, err := s.Registry.Receive(r.Context(), actor, req.channel)
	if err != nil {
		return err
	}
	defer in.Close()
	parts, err := r.MultipartReader()
	if err != nil {
		return model.Errorf(model.Invalid, "Malformed upload: this address takes multipart/form-data, as twine and uv publish send it.")
	}
	f, err := readForm(parts, in)
	if err != nil {
		return err
	}
	if err := f.check(); err != nil {
		return err
	}
	_, _, err = s.Registry.PublishPython(r.Context(), actor, req.channel, in, registry.PythonUpload{
		FileName: f.fileName, Name: f.fields["name"], Version: f.fields["version"], SHA256: f.fields["sha256_digest"], MD5: f.fields["md5_digest"],
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(w, "OK\n")
	return nil
}

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
		if errors.Is(err, io.EOF) {
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
	if part.FormName() == "description" {
		limit = maxDescription
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

// check refuses forms that are no upload of a file.
func (f form) check() error {
	switch action := f.fields[":action"]; {
	case action != "" && action != "file_upload":
		return model.Errorf(model.Gone, "Registration is not needed here: upload files, the project is made with the first.")
	case f.fields["protocol_version"] != "" && f.fields["protocol_version"] != "1":
		return model.Errorf(model.Invalid, "Unknown protocol version")
	case !f.hasFile:
		return model.Errorf(model.Invalid, "No file in upload: the form needs a part named content.")
	}
	return nil
}

// rawFileName is the part's file name as sent: Part.FileName would cut a path
// down to its last element, and a name with a path is to be refused.
func rawFileName(part *multipart.Part) string {
	_, after, ok := strings.Cut(part.Header.Get("Content-Disposition"), "filename=")
	if !ok {
		return part.FileName()
	}
	if quoted, ok := strings.CutPrefix(after, `"`); ok {
		name, _, _ := strings.Cut(quoted, `"`)
		return name
	}
	name, _, _ := strings.Cut(after, ";")
	return strings.TrimSpace(name)
}

// malformed words a broken body. What a limit of the server says stays as it is.
func malformed(err error) error {
	if model.CodeOf(err) != model.Internal {
		return err
	}
	return &model.Error{Code: model.Invalid, Message: "Malformed upload: the form broke off before its end.", Err: err}
}
