// Package quetz takes conda packages in the form in which quetz does, which
// rattler-build and quetz-client speak: POST of the bytes to
// /api/channels/{channel}/upload/{file}, often in chunks of which nobody knows how
// many come. Errors are JSON, {"detail": sentence}.
package quetz

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"vivarium/app/model"
	"vivarium/app/protocol"
	"vivarium/app/registry"
)

// Surface answers the rows of the quetz surface in registry's route table.
type Surface struct{ reg *registry.Registry }

// New returns the surface.
func New(reg *registry.Registry) *Surface { return &Surface{reg} }

// Handlers returns the handler of every row, by its pattern.
func (s *Surface) Handlers() map[string]http.Handler {
	return map[string]http.Handler{"POST /quetz/api/channels/{channel}/upload/{file}": http.HandlerFunc(s.upload)}
}

// upload answers 201 with nothing to read, as quetz does.
func (s *Surface) upload(w http.ResponseWriter, r *http.Request) {
	made, err := s.take(r)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	write(w, protocol.UploadStatus(made), nil)
}

func (s *Surface) take(r *http.Request) (made bool, err error) {
	actor, err := protocol.Actor(r, s.reg, "")
	if err != nil {
		return false, err
	}
	up, err := protocol.UploadOf(r, r.PathValue("file"))
	if err != nil {
		return false, err
	}
	up.Type = model.Conda
	_, made, err = protocol.TakeFile(r, s.reg, actor, r.PathValue("channel"), up, r.Body)
	return made, err
}

// failure is the body of every error.
type failure struct {
	Detail string `json:"detail"`
}

// refuse answers err. Two refusals have quetz's own words and status, which
// clients may compare.
func (s *Surface) refuse(w http.ResponseWriter, r *http.Request, err error) {
	status, body := protocol.Fail(w, r, s.reg, err), failure{model.MessageOf(err)}
	switch {
	case errors.Is(err, registry.ErrDigest):
		status = http.StatusNotAcceptable
	case errors.Is(err, registry.ErrTaken):
		body.Detail = "Duplicate"
	}
	write(w, status, body)
}

func write(w http.ResponseWriter, status int, answer any) {
	body, _ := json.Marshal(answer) // texts always marshal
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body)
}
