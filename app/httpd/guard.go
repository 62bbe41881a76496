package httpd

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
)

// ownHeaders were set before the surface began its answer.
var ownHeaders = []string{"X-Request-Id", "X-Content-Type-Options", "Referrer-Policy", "Strict-Transport-Security"}

// guard turns a panic of one request into an answer, and lets the others go on.
func (s *site) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				s.afterPanic(w, r, p)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func (s *site) afterPanic(w http.ResponseWriter, r *http.Request, p any) {
	if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(http.ErrAbortHandler) // a handler's way of breaking off
	}
	s.Log.ErrorContext(r.Context(), "request panicked", "path", safePath(r.URL), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
	if rec, ok := w.(*recorder); ok && rec.status != 0 {
		// Half an answer must not look like a whole one.
		panic(http.ErrAbortHandler)
	}
	h := w.Header()
	for name := range h {
		if !slices.Contains(ownHeaders, name) {
			h.Del(name)
		}
	}
	s.refuse(w, r, fmt.Errorf("panic: %v", p))
}
