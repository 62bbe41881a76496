package httpd

import (
	"net/http"
	"strings"
)

// maxRanges bounds the parts of one Range request; beyond it the whole is sent,
// so that a thousand overlapping ranges cost no more than one download.
const maxRanges = 8

// boundRanges lets a request go on without its Range header when that asks for too
// many parts, or in another unit than bytes, which is to be ignored (RFC 9110 14.2).
func boundRanges(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked := r.Header.Get("Range"); asked != "" && !servedRange(asked) {
			r = r.Clone(r.Context())
			r.Header.Del("Range")
		}
		next.ServeHTTP(w, r)
	})
}

func servedRange(asked string) bool {
	return strings.HasPrefix(asked, "bytes=") && strings.Count(asked, ",") < maxRanges
}
