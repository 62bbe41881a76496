package protocol

import (
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"vivarium/app/model"
)

var statuses = map[model.Code]int{
	model.Invalid:         http.StatusBadRequest,
	model.Unauthenticated: http.StatusUnauthorized,
	model.Forbidden:       http.StatusForbidden,
	model.NotFound:        http.StatusNotFound,
	model.Conflict:        http.StatusConflict,
	model.Gone:            http.StatusGone,
	model.TooLarge:        http.StatusRequestEntityTooLarge,
	model.TooMany:         http.StatusTooManyRequests,
	model.ReadOnly:        http.StatusServiceUnavailable,
	model.Full:            http.StatusInsufficientStorage,
}

// Status returns the HTTP status that programs get for err.
func Status(err error) int {
	if status, ok := statuses[model.CodeOf(err)]; ok {
		return status
	}
	return http.StatusInternalServerError
}

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
		h.Set("Retry-After", strconv.Itoa(retryAfter(err)))
	case model.ReadOnly:
		h.Set("X-Anaconda-Read-Only", "true")
	case model.Internal:
		if r.Context().Err() == nil { // a client that went away is no fault of ours
			log.ErrorContext(r.Context(), "request failed", "route", model.RouteOf(r.Context()).Pattern, "error", err)
		}
	}
	return Status(err)
}

// retryAfter rounds up to whole seconds, at least one.
func retryAfter(err error) int {
	var e *model.Error
	if !errors.As(err, &e) {
		return 1
	}
	return max(1, int(math.Ceil(float64(e.RetryAfter)/float64(time.Second))))
}
