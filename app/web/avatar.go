package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"vivarium/app/model"
	"vivarium/views"
)

// avatar draws an account's picture. It follows from the login alone, so it says
// nothing about whether there is such an account.
func (ui *Surface) avatar(w http.ResponseWriter, r *http.Request) {
	svg := views.AvatarSVG(model.FoldLogin(r.PathValue("login")))
	sum := sha256.Sum256([]byte(svg))
	h := w.Header()
	h.Set("Content-Type", "image/svg+xml")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "public, max-age=86400")
	h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(svg))
}
