package static

import (
	"bytes"
	"net/http"
	"strings"
	"time"
)

// contentTypes of the kinds of file that are embedded; the machine's own list is
// not asked.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".txt": "text/plain; charset=utf-8",
}

// Handler serves the embedded files below Prefix. A name with its hash may be
// kept for a year; a name without one, or with an old one, does not exist.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, Prefix)
		a, ok := assets()[name]
		if !ok || a.name != name {
			http.Error(w, "There is no such file.", http.StatusNotFound)
			return
		}
		serve(w, r, a)
	})
}

func serve(w http.ResponseWriter, r *http.Request, a *asset) {
	encoding := choose(r.Header.Get("Accept-Encoding"), a)
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	h.Set("ETag", `"`+a.etag+encoding+`"`)
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.body[encoding]))
}
