package protocol

import (
	"mime"
	"net/http"
	"path"

	"vivarium/app/registry"
)

// ServeFile answers a GET or HEAD with an uploaded file's bytes and closes them.
// The caller has authorized the request and sets f.TokenInPath for a token in the
// path. The bytes go to w as the bare *os.File, so that sendfile works when w
// forwards ReadFrom. The answer is never something that a browser runs.
func ServeFile(w http.ResponseWriter, r *http.Request, f registry.OpenedFile) {
	defer f.Bytes.Close()
	h := w.Header()
	guardBytes(h)
	private := f.TokenInPath || HasCredential(r)
	if private {
		varyByCredential(h)
	}
	h.Set("Cache-Control", cacheControl(private, true, 0))
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", attachment(f.Basename))
	h.Set("ETag", `"`+f.SHA256+`"`)
	http.ServeContent(w, r, "", f.UploadedAt, f.Bytes)
}

// attachment names a download after the last part of basename (RFC 6266).
func attachment(basename string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": path.Base(basename)})
}
