package model

import (
	"errors"
	"fmt"
	"time"
)

// Code says what kind of failure an Error is. Each surface turns it into its
// own status and form.
type Code int

// The codes, with the HTTP status that most surfaces answer.
const (
	Internal        Code = iota // 500: unexpected; the cause is for the log alone
	Invalid                     // 400 (422 on pages): the request cannot be right
	Unauthenticated             // 401: no credential, or one that is not valid
	Forbidden                   // 403: known, visible, but not allowed
	NotFound                    // 404: absent, or hidden from this actor
	Conflict                    // 409: it exists already, or is locked
	Gone                        // 410: a link that was used or has expired
	TooLarge                    // 413: over a size limit
	TooMany                     // 429: over a rate limit; see Error.RetryAfter
	ReadOnly                    // 503: the site takes no writes now
	Full                        // 507: no space left to store it
	Missing                     // 500: what is stored of a file is not there any more
)

var codeNames = [...]string{"internal", "invalid", "unauthenticated", "forbidden", "not found", "conflict", "gone", "too large", "too many", "read only", "full", "missing"}

// String returns the code's name in lower case, for logs.
func (c Code) String() string {
	if c < 0 || int(c) >= len(codeNames) {
		return "internal"
	}
	return codeNames[c]
}

// statuses are the HTTP statuses of the codes, in their order.
var statuses = [...]int{500, 400, 401, 403, 404, 409, 410, 413, 429, 503, 507, 500}

// Status returns the HTTP status that programs get for the code.
func (c Code) Status() int {
	if c < 0 || int(c) >= len(statuses) {
		return statuses[Internal]
	}
	return statuses[c]
}

// Error is a failure that can be shown: Message is one sentence for people,
// Field names the form field it belongs to (or is empty), Err is a cause for the
// log that is never shown.
type Error struct {
	Code       Code
	Message    string
	Field      string
	RetryAfter time.Duration
	Err        error
}

// Error returns the sentence.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the hidden cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error of the given code.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// FieldErrorf makes an Error of code Invalid that belongs to a form field.
func FieldErrorf(field, format string, args ...any) *Error {
	return &Error{Code: Invalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// CodeOf returns the code of the first Error in err's tree, or Internal.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// RetryAfterOf returns for how many seconds a TooMany asks to wait, at least one:
// the value of a Retry-After header. It is 0 for every other error.
func RetryAfterOf(err error) int {
	var e *Error
	if !errors.As(err, &e) || e.Code != TooMany {
		return 0
	}
	return max(1, int((e.RetryAfter+time.Second-1)/time.Second))
}

// MessageOf returns the sentence to show for err. Unexpected errors get one that
// says nothing about their cause.
func MessageOf(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Code != Internal {
		return e.Message
	}
	return "The server met an unexpected problem. Its log has the details under this request's id."
}

// TraceOf returns err for the log, with the causes that its sentences hide.
func TraceOf(err error) string {
	var e *Error
	if !errors.As(err, &e) || e.Err == nil {
		return err.Error()
	}
	return err.Error() + ": " + TraceOf(e.Err)
}

// FieldsOf collects the sentences of all field errors joined in err, by field;
// the first sentence of a field wins.
func FieldsOf(err error) map[string]string {
	fields := map[string]string{}
	collectFields(err, fields)
	return fields
}

func collectFields(err error, into map[string]string) {
	if e, ok := err.(*Error); ok {
		if e.Field != "" && into[e.Field] == "" {
			into[e.Field] = e.Message
		}
		return
	}
	switch u := err.(type) {
	case interface{ Unwrap() []error }:
		for _, e := range u.Unwrap() {
			collectFields(e, into)
		}
	case interface{ Unwrap() error }:
		if inner := u.Unwrap(); inner != nil {
			collectFields(inner, into)
		}
	}
}
