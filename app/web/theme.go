package web

import (
	"net/http"
	"time"

	"vivarium/views"
)

// themeCookie keeps the colour theme of this browser. It is no secret, and it
// works for visitors without an account.
const themeCookie = "vivarium_theme"

// themeOf returns the theme that the visitor chose: light, dark, or empty for
// the system's.
func themeOf(r *http.Request) string {
	c, err := r.Cookie(themeCookie)
	if err != nil || c.Value != "light" && c.Value != "dark" {
		return ""
	}
	return c.Value
}

// setTheme keeps the chosen theme and goes back to the page it was chosen on.
func (ui *Surface) setTheme(w http.ResponseWriter, r *http.Request) error {
	cookie := &http.Cookie{Name: themeCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: overHTTPS(r)}
	if theme := r.PostFormValue("theme"); theme == "light" || theme == "dark" {
		cookie.Value, cookie.MaxAge = theme, int((365 * 24 * time.Hour).Seconds())
	}
	http.SetCookie(w, cookie)
	http.Redirect(w, r, localPath(r.PostFormValue("next"), views.HomeURL()), http.StatusSeeOther)
	return nil
}
