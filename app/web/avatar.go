package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"time"

	"vivarium/app/model"
	"vivarium/views"
)

// For how long a picture may be kept: under an address of its own for ever, else
// until it may have changed.
const (
	keepPhoto  = "max-age=31536000, immutable"
	keepAvatar = "max-age=3600"
)

// avatar answers with an account's picture: its photo, or one that is drawn from the
// login alone and says nothing about whether there is such an account. A session is
// only looked at for photos that not everybody may see.
func (ui *Surface) avatar(w http.ResponseWriter, r *http.Request) {
	p, err := ui.Registry.Photo(r.Context(), model.Actor{RemoteAddr: r.RemoteAddr}, r.PathValue("login"))
	if model.CodeOf(err) == model.Unauthenticated {
		ui.open(ui.insideAvatar).ServeHTTP(w, r)
		return
	}
	ui.writeAvatar(w, r, p, err, "public, ")
}

// insideAvatar is avatar for who is signed in.
func (ui *Surface) insideAvatar(w http.ResponseWriter, r *http.Request) error {
	p, err := ui.Registry.Photo(r.Context(), ui.actor(r), r.PathValue("login"))
	ui.writeAvatar(w, r, p, err, "private, ")
	return nil
}

func (ui *Surface) writeAvatar(w http.ResponseWriter, r *http.Request, p model.Photo, err error, who string) {
	if err != nil && model.CodeOf(err) == model.Internal {
		ui.Registry.LogFailure(r.Context(), "photo not read", err)
	}
	image, kind, keep := p.Image, "", keepAvatar
	if err != nil {
		image, kind = []byte(views.AvatarSVG(model.FoldLogin(r.PathValue("login")))), "image/svg+xml"
	} else if kind = p.MediaType(); r.URL.RequestURI() == views.AvatarURL(r.PathValue("login"), p.SHA256) && p.FetchedFor == "" {
		keep = keepPhoto
	}
	sum := sha256.Sum256(image)
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", who+keep)
	h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(image))
}
