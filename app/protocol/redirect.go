package protocol

import "net/http"

// RedirectBeside sends the client to an address beside this one, with the query. to is
// relative, so that a token in the path is repeated by nobody.
func RedirectBeside(w http.ResponseWriter, r *http.Request, to string, status int) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", to)
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
}
