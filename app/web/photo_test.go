package web_test

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"vivarium/app/registry"
)

// portrait is a small PNG.
func portrait(t *testing.T) string {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(png)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestPhoto gives a person and an organization photos, which then stand wherever
// they are shown, and takes one away.
func TestPhoto(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "brook")
	b.get("/account/profile").want(t, http.StatusOK).shows(t, "Upload photo", `src="/avatar/brook"`).hides(t, "Remove photo")
	b.sendFile("/brook/settings/photo", "me.png", portrait(t), nil).leadsTo(t, "/account/profile")
	page := b.get("/account/profile").want(t, http.StatusOK).shows(t, "Photo saved.", "Remove photo", `src="/avatar/brook?v=`)
	_, rest, _ := strings.Cut(page.Body.String(), `src="/avatar/brook?`)
	query, _, _ := strings.Cut(rest, `"`)
	photo := s.visitor(t).get("/avatar/brook?"+query).want(t, http.StatusOK)
	photo.hasHeaders(t, map[string]string{
		"Content-Type": "image/png", "Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "default-src 'none'; sandbox", "Set-Cookie": "",
	})
	r := httptest.NewRequest(http.MethodGet, "http://vivarium.test/avatar/brook?"+query, nil)
	r.Header.Set("If-None-Match", photo.Header().Get("ETag"))
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	answer{w, "GET with ETag"}.want(t, http.StatusNotModified)
	for _, other := range []string{"/avatar/brook", "/avatar/brook?v=0123456789abcdef"} {
		s.visitor(t).get(other).want(t, http.StatusOK).hasHeaders(t, map[string]string{"Content-Type": "image/png", "Cache-Control": "public, max-age=3600"})
	}
	s.visitor(t).get("/brook").want(t, http.StatusOK).shows(t, "/avatar/brook?"+query)
	b.get("/landscape").want(t, http.StatusOK).shows(t, "/avatar/brook?"+query)

	b.sendFile("/labs/settings/photo", "us.png", portrait(t), nil).leadsTo(t, "/labs/settings/profile")
	b.get("/labs/settings/profile").want(t, http.StatusOK).shows(t, `src="/avatar/labs?v=`, "Remove photo")
	b.get("/organizations").want(t, http.StatusOK).shows(t, `src="/avatar/labs?v=`)
	b.HTMX = true
	b.post("/brook/settings/photo", url.Values{"do": {"remove"}}).want(t, http.StatusNoContent)
	b.HTMX = false
	b.get("/account/profile").want(t, http.StatusOK).shows(t, "Photo removed.", `src="/avatar/brook"`).hides(t, "Remove photo")
	s.visitor(t).get("/avatar/brook?"+query).want(t, http.StatusOK).hasHeaders(t, map[string]string{"Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=3600"})
}

func TestPhotoIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	b := s.as(t, "brook")
	for channel, title := range map[string]string{"brook": "Error: Profile", "labs": "Error: Settings of labs"} {
		path := "/" + channel + "/settings/photo"
		b.sendFile(path, "me.gif", "GIF89a", nil).want(t, http.StatusUnprocessableEntity).shows(t, title, `<a href="#photo">`, "cannot be read as a picture")
		b.sendFile(path, "", "", nil).want(t, http.StatusUnprocessableEntity).shows(t, "Choose a file.")
		b.post(path, url.Values{"do": {"other"}}).want(t, http.StatusUnprocessableEntity).shows(t, "Send the photo with the form.")
		s.as(t, "casey").sendFile(path, "me.png", portrait(t), nil).want(t, http.StatusForbidden)
		s.visitor(t).sendFile(path, "me.png", portrait(t), nil).want(t, http.StatusSeeOther)
		s.visitor(t).get("/avatar/"+channel).want(t, http.StatusOK).shows(t, "<svg")
	}
}

// TestPhotoBehindTheDoor: where nothing is public, photos are for who is signed in.
func TestPhotoBehindTheDoor(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(p *registry.Policy) { p.Anonymous = false })
	b := s.as(t, "brook")
	b.sendFile("/brook/settings/photo", "me.png", portrait(t), nil).leadsTo(t, "/account/profile")
	b.get("/avatar/brook").want(t, http.StatusOK).hasHeaders(t, map[string]string{"Content-Type": "image/png", "Cache-Control": "private, max-age=3600"})
	b.get("/avatar/nobody-here").want(t, http.StatusOK).shows(t, "<svg")
	s.visitor(t).get("/avatar/brook").want(t, http.StatusOK).shows(t, "<svg")
}

// hasHeaders fails the test unless the answer has the headers, empty ones absent.
func (a answer) hasHeaders(t *testing.T, want map[string]string) {
	t.Helper()
	for name, value := range want {
		if got := a.Header().Get(name); got != value {
			t.Errorf("%s: %s: got %q, want %q", a.request, name, got, value)
		}
	}
}
