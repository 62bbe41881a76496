package web

import (
	"net/http"

	"vivarium/app/model"
	"vivarium/views"
)

// handler serves one page. An error that it returns is answered by fail; it has
// written nothing then.
type handler func(http.ResponseWriter, *http.Request) error

// contentPolicy lets a page load from the site itself and run nothing inline. A
// picture may stand in the page, as the logo does.
const contentPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// page makes a handler into one for the mux. A request that changes something and
// comes from another site is refused. Behind a proxy Host may be the proxy's
// word; the check is about the address that the browser shows.
func (ui *Surface) page(h handler) http.Handler {
	protected := ui.crossOrigin.Handler(ui.open(h))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := *r
		seen.Host = r.URL.Host
		protected.ServeHTTP(w, &seen)
	})
}

// open is page without the check of where a request comes from: the session is
// loaded, the visitor is known, errors are answered.
func (ui *Surface) open(h handler) http.Handler {
	serve := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setPageHeaders(w.Header(), overHTTPS(r))
		err := ui.admit(&r, w.Header())
		switch {
		case err == nil && mustChoose(r):
			err = ui.redirect(w, r, views.NewPasswordURL())
		case err == nil:
			err = h(w, r)
		}
		if err != nil {
			ui.fail(w, r, err)
		}
	})
	plain, secure := ui.plain.LoadAndSave(serve), ui.secure.LoadAndSave(serve)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if overHTTPS(r) {
			secure.ServeHTTP(w, r)
			return
		}
		plain.ServeHTTP(w, r)
	})
}

// admit finds out who the visitor is and turns away who must sign in first.
func (ui *Surface) admit(r **http.Request, h http.Header) error {
	v, err := ui.recognize(*r)
	if err != nil {
		return err
	}
	*r = withVisitor(*r, v)
	if !v.actor.Anonymous() {
		h.Set("Cache-Control", "no-store")
		return model.NoteActor((*r).Context(), v.person.Login)
	}
	route := model.RouteOf((*r).Context())
	if route.On == model.OnSelf || route.Needs > model.Read {
		return model.Errorf(model.Unauthenticated, "Sign in first.")
	}
	return nil
}

func setPageHeaders(h http.Header, https bool) {
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	if https { // browsers complain of it otherwise
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
	}
	// no-referrer would make browsers send "Origin: null" with our own forms.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache")
	h.Add("Vary", "HX-Request-Type, HX-Request, Accept-Encoding")
}

// overHTTPS reports whether the visitor sees the site under https.
func overHTTPS(r *http.Request) bool { return r.URL.Scheme == "https" }

// baseURL is the address under which the visitor sees the site.
func baseURL(r *http.Request) string { return r.URL.Scheme + "://" + r.URL.Host }
