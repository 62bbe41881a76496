package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"vivarium/app/model"
	"vivarium/views"
)

// wantsPartial reports whether htmx asked for a part of the page. HX-Request alone
// is not enough: going back asks for whole pages.
func wantsPartial(r *http.Request) bool { return r.Header.Get("HX-Request-Type") == "partial" }

// draw answers with page, or with partial when htmx asked for it and there is
// one. It draws to memory first, so that a component that fails cannot follow a
// status that says all is well.
func (ui *Surface) draw(w http.ResponseWriter, r *http.Request, status int, page, partial templ.Component) error {
	component := page
	if partial != nil && wantsPartial(r) {
		component = partial
	}
	var body bytes.Buffer
	if err := component.Render(r.Context(), &body); err != nil {
		// The path may hold the secret of a link.
		return fmt.Errorf("draw the page of %s: %w", model.RouteOf(r.Context()).Pattern, err)
	}
	sent, encoding := pack(r, body.Bytes())
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(sent)))
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	w.WriteHeader(status)
	_, _ = w.Write(sent) // a visitor who left needs no answer
	return nil
}

// redirect sends the visitor on to a page of this site. htmx would swap in what a
// plain redirect leads to.
func (ui *Surface) redirect(w http.ResponseWriter, r *http.Request, url string) error {
	if wantsPartial(r) {
		w.Header().Set("HX-Redirect", url)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	http.Redirect(w, r, url, http.StatusSeeOther)
	return nil
}

// layout returns what the page called title has around it. It takes the message
// kept for who is signed in, so it is asked once, for a page that will be drawn.
func (ui *Surface) layout(r *http.Request, title string) views.LayoutProps {
	p := views.LayoutProps{Title: title, Path: r.URL.Path, Here: r.URL.RequestURI(), Now: ui.Registry.Clock.Now(), Theme: themeOf(r), Version: ui.Version}
	if wantsPartial(r) {
		return p
	}
	if p.Viewer = ui.viewer(r); p.Viewer != nil {
		p.Toasts = ui.takeFlash(r)
	}
	return p
}
