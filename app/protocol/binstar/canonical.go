package binstar

import (
	"net/http"
	"net/url"
	"strings"

	"vivarium/app/model"
)

// Canonical gives next an address that a mux can hold: it reads /api/{owner}/notices…,
// which anaconda-client asks for, as /api/notices/{owner}…. No account has the
// name of one of the API's own nouns.
func Canonical(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path, ok := noticesOfOwner(r.URL.EscapedPath()); ok {
			r = withPath(r, path)
		}
		next.ServeHTTP(w, r)
	})
}

func noticesOfOwner(escaped string) (string, bool) {
	parts := strings.Split(escaped, "/") // "", api, owner, notices, …
	if len(parts) < 4 || parts[1] != "api" || parts[3] != "notices" || model.ReservedLogin(model.FoldLogin(parts[2])) {
		return "", false
	}
	parts[2], parts[3] = parts[3], parts[2]
	return strings.Join(parts, "/"), true
}

func withPath(r *http.Request, escaped string) *http.Request {
	plain, err := url.PathUnescape(escaped)
	if err != nil {
		return r
	}
	u := *r.URL
	u.Path, u.RawPath = plain, escaped
	seen := *r
	seen.URL = &u
	return &seen
}
