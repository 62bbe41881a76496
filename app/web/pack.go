package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"sync"

	"vivarium/static"
)

// worthPacking is from how many bytes on a page is sent as gzip.
const worthPacking = 1 << 10

// packers are kept, since a new one takes much memory.
var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// pack returns the page as it is sent, and its encoding: gzip to a browser that takes
// it, plain when the length of the answer must tell nothing.
func pack(r *http.Request, page []byte) (sent []byte, encoding string) {
	if len(page) < worthPacking || !static.Accepts(strings.Join(r.Header.Values("Accept-Encoding"), ","), "gzip") || sentByAnotherSite(r) {
		return page, ""
	}
	var packed bytes.Buffer
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	w.Reset(&packed)
	if _, err := w.Write(page); err != nil { // not into memory
		return page, ""
	}
	if err := w.Close(); err != nil {
		return page, ""
	}
	return packed.Bytes(), "gzip"
}

// sentByAnotherSite reports whether the page was opened by a page of another site.
// That one could put a guess into the address, such as the words of a search, and
// whoever sees the length of packed answers would learn whether it stands on the page
// already (BREACH).
func sentByAnotherSite(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	return site == "cross-site" || site == "same-site"
}
