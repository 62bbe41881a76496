package protocol

import (
	"net/http"
	"strconv"
	"time"

	"vivarium/app/model"
)

// ServeDocument answers a GET or HEAD with doc, or with 304 when the client has
// it. The caller has authorized the request and sets doc.TokenInPath for a token in
// the path; a credential in the headers makes the answer private here. maxAge is
// for how long a mutable document may be used without asking again.
func ServeDocument(w http.ResponseWriter, r *http.Request, doc model.Document, maxAge time.Duration) {
	setDocumentHeaders(w.Header(), r, doc, maxAge)
	switch {
	case notModified(r, doc.ETag, doc.ModTime):
		w.WriteHeader(http.StatusNotModified)
	case needsServeContent(r):
		setContentHeaders(w.Header(), doc)
		body := newBodyReader(doc.Body)
		defer body.close()
		http.ServeContent(w, r, "", doc.ModTime, body)
	default:
		writeWhole(w, r, doc)
	}
}

func setDocumentHeaders(h http.Header, r *http.Request, doc model.Document, maxAge time.Duration) {
	guardBytes(h)
	varyByCredential(h)
	h.Set("Cache-Control", cacheControl(doc.TokenInPath || HasCredential(r), doc.Immutable, maxAge))
	if doc.ETag != "" {
		h.Set("ETag", doc.ETag)
	}
	if !doc.ModTime.IsZero() {
		h.Set("Last-Modified", doc.ModTime.UTC().Format(http.TimeFormat))
	}
}

// setContentHeaders sets what only an answer with a body has: a 304 would
// otherwise describe bytes it does not carry.
func setContentHeaders(h http.Header, doc model.Document) {
	h.Set("Content-Type", doc.ContentType)
	if doc.ContentEncoding != "" {
		h.Set("Content-Encoding", doc.ContentEncoding)
	}
}

// needsServeContent leaves ranges and the rare preconditions to net/http. All
// else is answered here, in one write instead of many small ones.
func needsServeContent(r *http.Request) bool {
	h := r.Header
	return h.Get("Range") != "" || h.Get("If-Match") != "" || h.Get("If-Unmodified-Since") != ""
}

func writeWhole(w http.ResponseWriter, r *http.Request, doc model.Document) {
	h := w.Header()
	setContentHeaders(h, doc)
	h.Set("Content-Length", strconv.FormatInt(doc.Body.Size(), 10))
	h.Set("Accept-Ranges", "bytes")
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		writeBody(w, doc.Body)
	}
}
