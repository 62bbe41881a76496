package httpd

import (
	"net/http"

	"vivarium/app/model"
)

// health answers whether the process runs (live) and whether it can serve
// (ready). The cause of a failure is for the log.
func (s *site) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	switch r.URL.Path {
	case "/health/live":
		answer(w, healthSurface, http.StatusOK, "live")
	case "/health/ready":
		s.ready(w, r)
	default:
		s.refuse(w, r, notHere())
	}
}

func (s *site) ready(w http.ResponseWriter, r *http.Request) {
	err := s.Ready(r.Context())
	if err == nil {
		answer(w, healthSurface, http.StatusOK, "ready")
		return
	}
	s.Log.WarnContext(r.Context(), "not ready", "error", err)
	sentence := "The server is not ready. Its log says why."
	if model.CodeOf(err) != model.Internal {
		sentence = model.MessageOf(err)
	}
	answer(w, healthSurface, http.StatusServiceUnavailable, sentence)
}
