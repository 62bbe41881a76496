package protocol

import (
	"log/slog"
	"net/http"
	"strconv"

	"vivarium/app/model"
)

// Fail sets the headers that an answer to err carries on every surface, writes
// unexpected errors to log, and returns the status. The caller writes the body in
// its surface's form.
func Fail(w http.ResponseWriter, r *http.Request, log *slog.Logger, err error) int {
	h := w.Header()
	guardBytes(h)
	h.Set("Cache-Control", "private, no-store")
	switch model.CodeOf(err) {
	case model.Unauthenticated:
		h.Set("WWW-Authenticate", `Basic realm="Vivarium"`)
	case model.TooMany:
		h.Set("Retry-After", strconv.Itoa(model.RetryAfterOf(err)))
	case model.ReadOnly:
		h.Set("X-Anaconda-Read-Only", "true")
	case model.Internal:
		if r.Context().Err() == nil { // a client that went away is no fault of ours
			log.ErrorContext(r.Context(), "request failed", "route", model.RouteOf(r.Context()).Pattern, "error", err)
		}
	}
	return model.CodeOf(err).Status()
}
