package protocol

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"sync"
	"time"

	"vivarium/app/model"
)

// ServePage is ServeDocument for a page that was made for this request: under an
// ETag of its bytes, packed when it is big. The rest of doc says what it is. A
// person may click on its links, and download what they lead to; a page with more in
// it has said so before.
func ServePage(w http.ResponseWriter, r *http.Request, page []byte, doc model.Document, maxAge time.Duration) error {
	sum := sha256.Sum256(page)
	doc.Body, doc.ETag = model.Bytes(page), `"`+hex.EncodeToString(sum[:16])+`"`
	doc, err := pack(r, page, doc)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	if h.Get("Content-Security-Policy") == "" {
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox allow-downloads")
	}
	ServeDocument(w, r, doc, maxAge)
	return nil
}

// bigPage is from how many bytes on a page is worth the time to pack it.
const bigPage = 8 << 10

// packers are kept, since a new one takes a megabyte.
var packers = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is one that there is
	return w
}}

// pack returns the document of a big page as gzip for a client that takes it,
// under an ETag of its own; not for one that has that already, which is told so.
func pack(r *http.Request, page []byte, doc model.Document) (model.Document, error) {
	if len(page) < bigPage || !takesGzip(r) {
		return doc, nil
	}
	doc.ETag, doc.ContentEncoding = strings.TrimSuffix(doc.ETag, `"`)+`-gzip"`, "gzip"
	if r.Header.Get("If-None-Match") == doc.ETag {
		return doc, nil
	}
	var packed bytes.Buffer
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	w.Reset(&packed)
	if _, err := w.Write(page); err != nil {
		return doc, err
	}
	if err := w.Close(); err != nil {
		return doc, err
	}
	doc.Body = model.Bytes(packed.Bytes())
	return doc, nil
}

func takesGzip(r *http.Request) bool {
	for item := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		if name, params, _ := strings.Cut(item, ";"); strings.EqualFold(strings.TrimSpace(name), "gzip") {
			return Quality(params) > 0
		}
	}
	return false
}
