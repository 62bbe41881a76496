package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"vivarium/app/model"
)

// Canonical gives next only the long form of a package's address: it reads
// /{channel}/{package}… as /{channel}/packages/{package}…, because a mux cannot
// hold the short form beside /{channel}/labels and its like. An address with a
// slash at its end is sent to the one without.
func Canonical(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.EscapedPath()
		if to := strings.TrimRight(path, "/"); to != path && to != "" && !strings.HasPrefix(path, "//") {
			u := url.URL{Path: strings.TrimRight(r.URL.Path, "/"), RawPath: to, RawQuery: r.URL.RawQuery}
			http.Redirect(w, r, u.String(), http.StatusPermanentRedirect)
			return
		}
		if long, ok := longForm(path); ok {
			r = withPath(r, long)
		}
		next.ServeHTTP(w, r)
	})
}

// longForm returns the long form of an escaped path in the short one.
func longForm(path string) (string, bool) {
	parts := strings.SplitN(strings.TrimPrefix(path, "/"), "/", 3)
	if len(parts) < 2 || slices.Contains(model.Segments, parts[0]) || slices.Contains(model.ChannelSegments, parts[1]) {
		return "", false
	}
	return "/" + strings.Join(slices.Insert(parts, 1, "packages"), "/"), true
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
