package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"vivarium/app/model"
	"vivarium/views"
)

// statusOf is the answer of pages to err: what a form got wrong can be put right.
func statusOf(err error) int {
	if code := model.CodeOf(err); code != model.Invalid {
		return code.Status()
	}
	return http.StatusUnprocessableEntity
}

// fail answers an error: who must sign in is sent there, everything else is a
// page, or a message in the corner when htmx asked. A visitor who left needs no
// answer.
func (ui *Surface) fail(w http.ResponseWriter, r *http.Request, err error) {
	status := statusOf(err)
	if status == http.StatusUnauthorized {
		ui.sendToSignIn(w, r)
		return
	}
	ui.Registry.NoteDenial(r.Context(), err)
	if status == http.StatusInternalServerError {
		if model.ClientLeft(r.Context()) {
			return
		}
		ui.Registry.LogFailure(r.Context(), "page failed", err)
	}
	ui.answer(w, r, status, err)
}

// answer draws the page of an error.
func (ui *Surface) answer(w http.ResponseWriter, r *http.Request, status int, err error) {
	p := views.ErrorProps{Status: status, Message: model.MessageOf(err), RequestID: model.RequestID(r.Context())}
	var l lacking
	if errors.As(err, &l) {
		p.Lacking = &l.Lacking
	}
	if wait := model.RetryAfterOf(err); wait > 0 {
		p.Wait = time.Duration(wait) * time.Second
		w.Header().Set("Retry-After", strconv.Itoa(wait))
	}
	if wantsPartial(r) {
		w.Header().Set("HX-Retarget", "#toasts")
		w.Header().Set("HX-Reswap", "beforeend")
	}
	p.Layout = ui.layout(r, p.Heading())
	if status == http.StatusNotFound {
		// Absent pages are the same bytes, whatever was asked for.
		p.Layout.Path, p.Layout.Here = "", ""
	}
	if err := ui.draw(w, r, status, views.ErrorPage(p), views.ErrorToast(p)); err != nil {
		ui.Registry.LogFailure(r.Context(), "draw the error page", err)
		http.Error(w, "The server met an unexpected problem.", http.StatusInternalServerError)
	}
}

// sendToSignIn leads to the sign-in page and from there back: to the page itself
// when it was looked at, else to the one that the form stood on.
func (ui *Surface) sendToSignIn(w http.ResponseWriter, r *http.Request) {
	next := r.URL.RequestURI()
	if r.Method != http.MethodGet && r.Method != http.MethodHead || wantsPartial(r) {
		next = cameFrom(r)
	}
	_ = ui.redirect(w, r, views.SignInURL(localPath(next, ""))) // it only sets headers
}

// cameFrom is the page of this site on which a request was made.
func cameFrom(r *http.Request) string {
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host != r.URL.Host {
		return views.LandscapeURL()
	}
	return from.RequestURI()
}
