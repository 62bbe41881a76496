package protocol

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"

	"vivarium/app/model"
)

// RawFileName returns the file name of a form's part as it was sent:
// Part.FileName would cut a path down to its last element, and a name with a path
// is to be refused.
func RawFileName(part *multipart.Part) string {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return params["filename"]
}

// FormError words an error of reading a form. What a limit of the server says
// stays as it is.
func FormError(err error) error {
	switch {
	case model.CodeOf(err) != model.Internal:
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &model.Error{Code: model.Invalid, Message: "Malformed upload: the form broke off before its end.", Err: err}
	}
	return &model.Error{Code: model.Invalid, Message: "Malformed upload: the form cannot be read.", Err: err}
}
