package protocol

import (
	"net/http"
	"strconv"

	"vivarium/app/model"
	"vivarium/app/registry"
)

// Fail sets the headers that an answer to err carries on every surface, writes
// unexpected errors to the log, notes what was denied to somebody known for the
// audit log, and returns the status. The caller writes the body in its surface's
// form.
func Fail(w http.ResponseWriter, r *http.Request, reg *registry.Registry, err error) int {
	h := w.Header()
	guardBytes(h)
	h.Set("Cache-Control", "private, no-store")
	switch model.CodeOf(err) {
	case model.Unauthenticated:
		h.Set("WWW-Authenticate", `Basic realm="Vivarium"`)
	case model.Forbidden:
		reg.NoteDenial(r.Context(), err)
	case model.TooMany:
		h.Set("Retry-After", strconv.Itoa(model.RetryAfterOf(err)))
	case model.ReadOnly:
		h.Set("X-Anaconda-Read-Only", "true")
	}
	status := model.CodeOf(err).Status()
	if status == http.StatusInternalServerError {
		reg.LogFailure(r.Context(), "request failed", err)
	}
	return status
}
