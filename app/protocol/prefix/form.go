package prefix

import (
	"cmp"
	"io"
	"mime/multipart"
	"net/http"

	"vivarium/app/model"
	"vivarium/app/protocol"
	"vivarium/app/registry"
)

const (
	filePart        = "file"
	attestationPart = "attestation"
	// maxParts bounds what stands beside the file.
	maxParts = 16
)

// form is an upload form while it is read.
type form struct {
	in *registry.Incoming
	up registry.Upload
	// announced looks at what is known before the file's bytes are read.
	announced func(registry.Upload) error
	hasFile   bool
}

func (f *form) read(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return model.Errorf(model.Invalid, "Send the package as multipart/form-data, in a part named %q.", filePart)
	}
	for range maxParts {
		part, err := parts.NextRawPart()
		if err == io.EOF { // wrapped, it is the end of a form that was cut off
			return f.complete()
		}
		if err != nil {
			return protocol.FormError(err)
		}
		if err := f.take(part); err != nil {
			return err
		}
	}
	return model.Errorf(model.Invalid, "The form has more than %d parts.", maxParts)
}

func (f *form) complete() error {
	if !f.hasFile {
		return model.Errorf(model.Invalid, "The form has no part named %q.", filePart)
	}
	return nil
}

// take reads one part. What is neither the file nor an attestation is passed over.
func (f *form) take(part *multipart.Part) error {
	switch part.FormName() {
	case filePart:
		return f.takeFile(part)
	case attestationPart:
		return model.Errorf(model.Invalid, "This server keeps no attestations yet. Upload the package without one.")
	}
	return nil
}

func (f *form) takeFile(part *multipart.Part) error {
	if f.hasFile {
		return model.Errorf(model.Invalid, "The form has two files.")
	}
	f.hasFile = true
	f.up.Type = model.Conda
	f.up.FileName = cmp.Or(part.Header.Get("X-File-Name"), protocol.RawFileName(part))
	f.up.SHA256 = cmp.Or(part.Header.Get("X-File-SHA256"), f.up.SHA256)
	if err := f.announced(f.up); err != nil {
		return err
	}
	_, err := f.in.ReadFrom(part)
	return err
}
