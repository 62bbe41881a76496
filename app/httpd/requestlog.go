package httpd

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"

	"vivarium/app/model"
)

// statusLeft is logged, as by nginx, for a client that left before its answer.
const statusLeft = 499

// logRequest writes one line per request, when it is done. Health checks and
// static files are not worth a line at the usual level.
func (s *site) logRequest(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := s.Clock.Now()
		rec := &recorder{ResponseWriter: w}
		defer func() {
			v := visitOf(r)
			s.Log.LogAttrs(r.Context(), levelOf(v.surface, rec.status), "request",
				slog.String("method", safeMethod(r.Method)),
				slog.String("path", safePath(r.URL)),
				slog.Int("status", rec.status),
				slog.Int64("size_bytes", rec.size),
				slog.Int64("dur_ms", s.Clock.Since(began).Milliseconds()),
				slog.String("actor", cmp.Or(v.note.Actor(), "anonymous")),
				slog.String("remote", r.RemoteAddr),
			)
		}()
		next.ServeHTTP(rec, r)
		if unanswered := rec.status == 0 || rec.status == http.StatusInternalServerError; unanswered && model.ClientLeft(r.Context()) {
			rec.NoteStatus(statusLeft)
		}
		rec.begin()
		if r.Method == http.MethodHead {
			rec.size = 0 // what was written goes nowhere
		}
	})
}

func levelOf(surface model.Surface, status int) slog.Level {
	switch {
	case status >= http.StatusInternalServerError && status != http.StatusServiceUnavailable:
		return slog.LevelWarn
	case surface == healthSurface, surface == staticSurface:
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// safeMethod keeps what a client calls a method short.
func safeMethod(method string) string {
	const longest = 20
	return method[:min(len(method), longest)]
}

// LogHandler returns inner with the id of the request that a line belongs to
// added to it.
func LogHandler(inner slog.Handler) slog.Handler { return idHandler{inner} }

type idHandler struct{ slog.Handler }

// Handle adds request_id.
func (h idHandler) Handle(ctx context.Context, record slog.Record) error {
	if id := model.RequestID(ctx); id != "" {
		record.AddAttrs(slog.String("request_id", id))
	}
	return h.Handler.Handle(ctx, record)
}

// WithAttrs keeps adding ids to the lines of the handler it returns.
func (h idHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return idHandler{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps adding ids to the lines of the handler it returns.
func (h idHandler) WithGroup(name string) slog.Handler { return idHandler{h.Handler.WithGroup(name)} }
