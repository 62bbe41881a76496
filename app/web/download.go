package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"net/http"
	"path"
	"time"
)

// bytesPolicy lets nothing run in what others uploaded, whatever it is.
const bytesPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

// download answers with a file of a package to who may see it in a browser; programs
// have addresses of their own.
func (ui *Surface) download(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f, err := ui.Registry.OpenFile(r.Context(), ui.actor(r), r.PathValue("channel"), r.PathValue("package"), q.Get(queryVersion), q.Get(queryFile))
	if err != nil {
		return err
	}
	defer f.Bytes.Close()
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": path.Base(f.Basename)}))
	h.Set("Content-Security-Policy", bytesPolicy)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+f.SHA256+`"`)
	http.ServeContent(w, r, "", f.UploadedAt, f.Bytes)
	return nil
}

// writeBytes answers with bytes that stand in a page.
func writeBytes(w http.ResponseWriter, r *http.Request, media string, data []byte) {
	sum := sha256.Sum256(data)
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Security-Policy", bytesPolicy)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}
