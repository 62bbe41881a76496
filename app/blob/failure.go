package blob

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"vivarium/app/model"
)

// failure turns what the system answered into an error with a code: a full disk
// is Full and a read-only one ReadOnly. Paths stay in the hidden cause.
func failure(doing string, err error) error {
	cause := fmt.Errorf("%s: %w", doing, err)
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return &model.Error{Code: model.Full, Err: cause,
			Message: "There is no space left to store this. Free some space, or ask the administrator to, and upload again."}
	case errors.Is(err, syscall.EROFS):
		return &model.Error{Code: model.ReadOnly, Err: cause,
			Message: "Nothing can be stored now: the disk takes no writes. Try again later, or ask the administrator."}
	}
	return cause
}

// absence is failure for a blob that is asked for by its digest.
func absence(doing string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &model.Error{Code: model.NotFound, Err: fmt.Errorf("%s: %w", doing, err),
			Message: "The bytes of this file are not stored. Ask the administrator to restore them, or upload the file again."}
	}
	return failure(doing, err)
}
