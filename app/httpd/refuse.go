package httpd

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"vivarium/app/model"
)

// refuser answers requests that do not get to their surface, in its form.
type refuser struct {
	// page and python are Options.RefusePage and Options.RefusePython.
	page   func(status int, err error) http.Handler
	python func(w http.ResponseWriter, r *http.Request, status int, sentence string)
}

// refuse answers err in the form of the surface that the request was for.
func (s refuser) refuse(w http.ResponseWriter, r *http.Request, err error) {
	s.refuseWith(w, r, model.CodeOf(err).Status(), err)
}

// refuseMethod answers 405 with the methods that would do.
func (s refuser) refuseMethod(w http.ResponseWriter, r *http.Request, allowed []string) {
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	s.refuseWith(w, r, http.StatusMethodNotAllowed, model.Errorf(model.Invalid, "This address takes %s only.", strings.Join(allowed, ", ")))
}

func (s refuser) refuseWith(w http.ResponseWriter, r *http.Request, status int, err error) {
	setRefusalHeaders(w.Header(), err)
	surface := visitOf(r).surface
	if surface == model.PageSurface && s.page != nil {
		if page := s.page(status, err); page != nil {
			page.ServeHTTP(w, r)
			return
		}
	}
	if surface == model.PyPISurface && s.python != nil {
		s.python(w, r, status, model.MessageOf(err))
		return
	}
	answer(w, surface, status, model.MessageOf(err))
}

func setRefusalHeaders(h http.Header, err error) {
	h.Set("Cache-Control", "private, no-store")
	switch model.CodeOf(err) {
	case model.TooMany:
		h.Set("Retry-After", strconv.Itoa(model.RetryAfterOf(err)))
	case model.ReadOnly:
		h.Set("X-Anaconda-Read-Only", "true")
	case model.TooLarge:
		h.Set("Connection", "close") // the body is still on its way
	}
}

// answer writes one sentence in the form of a surface (contract 8).
func answer(w http.ResponseWriter, surface model.Surface, status int, sentence string) {
	contentType, body := "text/plain; charset=utf-8", []byte(sentence+"\n")
	switch surface {
	case model.APISurface:
		contentType = "application/json"
		body, _ = json.Marshal(map[string]string{"error": sentence}) // strings always marshal
	case model.QuetzSurface:
		contentType = "application/json"
		body, _ = json.Marshal(map[string]string{"detail": sentence})
	case model.StoreSurface:
		contentType = "application/xml"
		body = storeError(status, sentence)
	}
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that left needs no answer
}

var storeCodes = map[int]string{
	http.StatusBadRequest:            "InvalidRequest",
	http.StatusNotFound:              "NoSuchKey",
	http.StatusMethodNotAllowed:      "MethodNotAllowed",
	http.StatusRequestEntityTooLarge: "EntityTooLarge",
	http.StatusTooManyRequests:       "SlowDown",
	http.StatusServiceUnavailable:    "ServiceUnavailable",
}

// storeError is an error as S3 words it.
func storeError(status int, sentence string) []byte {
	code, ok := storeCodes[status]
	if !ok {
		code = "InternalError"
	}
	var b strings.Builder
	io.WriteString(&b, xml.Header)
	fmt.Fprintf(&b, "<Error><Code>%s</Code><Message>", code)
	_ = xml.EscapeText(&b, []byte(sentence)) // a Builder takes everything
	io.WriteString(&b, "</Message></Error>")
	return []byte(b.String())
}
