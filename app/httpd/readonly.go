package httpd

import (
	"net/http"
	"slices"

	"vivarium/app/model"
)

// sessionForms change nothing but the visitor's own session and cookies, so they
// work on a site that takes no changes.
var sessionForms = []string{"/signin", "/signout", "/account/theme", "/account/acting"}

// refuseWrites answers 503 to changes while the site is read-only, and says so to
// programs in every answer of the API.
func (s *site) refuseWrites(next http.Handler) http.Handler {
	if !s.ReadOnly {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if visitOf(r).surface == model.APISurface { // anaconda-client warns at every command
			w.Header().Set("X-Anaconda-Read-Only", "true")
		}
		if !reads(r.Method) && !slices.Contains(sessionForms, r.URL.Path) {
			s.refuse(w, r, model.Errorf(model.ReadOnly, "The site takes no changes just now. Reading and installing work."))
			return
		}
		next.ServeHTTP(w, r)
	})
}
