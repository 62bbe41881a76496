package binstar

import (
	"encoding/xml"
	"errors"
	"net/http"
	"strconv"

	"vivarium/app/model"
	"vivarium/app/protocol"
	"vivarium/app/registry"
)

// storeWords are S3's words for our codes. A ticket that is unknown is as good as
// one that is not allowed.
var storeWords = map[model.Code]string{
	model.Internal:        "InternalError",
	model.Invalid:         "InvalidRequest",
	model.Unauthenticated: "AccessDenied",
	model.Forbidden:       "AccessDenied",
	model.NotFound:        "AccessDenied",
	model.Gone:            "AccessDenied",
	model.Conflict:        "OperationAborted",
	model.TooLarge:        "EntityTooLarge",
	model.TooMany:         "SlowDown",
	model.ReadOnly:        "ServiceUnavailable",
	model.Full:            "InsufficientStorage",
	model.Missing:         "InternalError",
}

// storeError is an Invalid failure for which S3 has a word of its own.
type storeError struct {
	word string
	err  *model.Error
}

func storeFailure(word, sentence string) error {
	return &storeError{word: word, err: model.Errorf(model.Invalid, "%s", sentence)}
}

// Error returns the sentence.
func (e *storeError) Error() string { return e.err.Error() }

// Unwrap returns the failure itself.
func (e *storeError) Unwrap() error { return e.err }

// storeAnswer is S3's form of an error. Without it anaconda-client shows its own
// parser's complaint instead of ours.
type storeAnswer struct {
	XMLName xml.Name `xml:"Error"`
	Code    string
	Message string
}

func answerStoreError(err error) storeAnswer {
	a := storeAnswer{Code: storeWords[model.CodeOf(err)], Message: model.MessageOf(err)}
	var own *storeError
	switch {
	case errors.As(err, &own):
		a.Code = own.word
	case errors.Is(err, registry.ErrDigest):
		a.Code = "InvalidDigest"
	}
	return a
}

// refuseStore answers a failed store step.
func (s *Surface) refuseStore(w http.ResponseWriter, r *http.Request, err error) {
	status := protocol.Fail(w, r, s.Registry, err)
	answer := answerStoreError(err)
	if answer.Code == "AccessDenied" {
		status = http.StatusForbidden
	}
	body, err := xml.Marshal(answer)
	if err != nil {
		body = []byte("<Error><Code>InternalError</Code></Error>")
	}
	h := w.Header()
	h.Set("Content-Type", "application/xml")
	h.Set("Content-Length", strconv.Itoa(len(xml.Header)+len(body)))
	w.WriteHeader(status)
	w.Write(append([]byte(xml.Header), body...))
}
