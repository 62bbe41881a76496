package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"vivarium/app/model"
	"vivarium/app/registry"
	"vivarium/app/registry/registrytest"
)

// readers signs everybody in to the world under construction, as browsers do.
// Who sends a dead session, or a token instead of one, is nobody on a page.
func readers(t *testing.T, p *parts) []actor {
	t.Helper()
	h, err := p.handler(registry.Routes())
	check(t, err)
	all := []actor{{name: "anonymous"}}
	for _, who := range people {
		who.login, who.scopes, who.cookie = loginOf(who.name), model.AllScopes, signIn(t, h, loginOf(who.name))
		all = append(all, who)
	}
	acting := owner
	acting.name, acting.login, acting.scopes = "acting", labs, model.AllScopes
	acting.cookie = browse(t, h, signIn(t, h, brook), "/account/acting", url.Values{"account": {labs}})
	ended := signIn(t, h, brook)
	browse(t, h, ended, "/signout", nil)
	return append(all, acting, actor{name: "signed out", cookie: ended}, actor{name: "disabled", cookie: signIn(t, h, "gone")},
		actor{name: "token", secret: (&registrytest.Site{Registry: p.registry}).Token(t, brook)})
}

// signIn returns the session of a browser in which login signs in.
func signIn(t *testing.T, h http.Handler, login string) string {
	t.Helper()
	return browse(t, h, "", "/signin", url.Values{"username": {login}, "password": {registrytest.Password}})
}

// browse posts a form in a session and returns the session that comes back.
func browse(t *testing.T, h http.Handler, session, path string, form url.Values) string {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "http://vivarium.test"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: "vivarium_session", Value: session})
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	if answer.Code != http.StatusSeeOther {
		t.Fatalf("POST %s: %d %s", path, answer.Code, answer.Body)
	}
	cookies := answer.Result().Cookies()
	i := slices.IndexFunc(cookies, func(c *http.Cookie) bool { return c.Name == "vivarium_session" })
	if i < 0 {
		t.Fatalf("POST %s sets no session: %v", path, answer.Header())
	}
	return cookies[i].Value
}
