package archive

import (
	"errors"
	"io"

	"vivarium/app/model"
)

// Refuse turns what a decoder said about part, as in "The package archive", into
// an Invalid error. An error that is one already stays as it is.
func Refuse(part string, err error) error {
	var told *model.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &told):
		return told
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &model.Error{Code: model.Invalid, Message: part + " is cut short. Build or fetch the file again.", Err: err}
	}
	return &model.Error{Code: model.Invalid, Message: part + " is damaged. Build or fetch the file again.", Err: err}
}
