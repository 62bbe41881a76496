package pypiindex

import (
	"io"
	"net/http"

	"vivarium/app/format/pypi"
	"vivarium/app/model"
	"vivarium/app/registry"
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
	_, _, err = s.Registry.PublishPython(r.Context(), actor, req.channel, in, registry.Upload{
		FileName: f.fileName, Name: f.fields["name"], Version: f.fields["version"],
		SHA256: f.fields["sha256_digest"], MD5: f.fields["md5_digest"],
	})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	io.WriteString(w, "OK\n")
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
	return f.checkType()
}

// checkType compares the type in the form with that in the file's name.
func (f form) checkType() error {
	name, err := pypi.ParseFileName(f.fileName)
	if said := f.fields["filetype"]; err == nil && said != "" && said != string(name.Type) {
		return model.Errorf(model.Invalid, "The form says the file is of type %s, but the name of %s is that of type %s.", clean(said), f.fileName, name.Type)
	}
	return err
}
