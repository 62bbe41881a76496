package web

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"

	"vivarium/app/model"
	"vivarium/views"
)

// anaconda-client's newer login wants OpenID Connect at the site's root before it
// takes a username and password. What it gets here leads it through that without a
// question: the code and the access token are random and open nothing, and when it
// shows the token, POST /api/authentications answers in the words at which it asks
// for the password in the terminal.

// openidHandlers are the stations on that way.
func (ui *Surface) openidHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /.well-known/openid-configuration": ui.page(ui.discoverOpenID),
		"GET /account/openid":                   ui.page(ui.returnToClient),
		"POST /account/openid":                  ui.page(ui.exchangeCode),
		"GET /app/local-login-success":          ui.page(ui.showBackToTerminal),
	}
}

// discoverOpenID says where the stations are, as OpenID Connect Discovery has it.
func (ui *Surface) discoverOpenID(w http.ResponseWriter, r *http.Request) error {
	return writeOpenID(w, http.StatusOK, map[string]any{
		"issuer": baseURL(r), "authorization_endpoint": baseURL(r) + views.OpenIDURL(), "token_endpoint": baseURL(r) + views.OpenIDURL(),
		"response_types_supported": []string{"code"}, "grant_types_supported": []string{"authorization_code"}, "code_challenge_methods_supported": []string{"S256"},
		"token_endpoint_auth_methods_supported": []string{"none"},
	})
}

// returnToClient sends the browser back to the program that opened it, which waits
// on this very machine and nowhere else.
func (ui *Surface) returnToClient(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	back, err := url.Parse(query.Get("redirect_uri"))
	if err != nil || back.Scheme != "http" || !slices.Contains([]string{"127.0.0.1", "localhost", "::1"}, back.Hostname()) || back.User != nil {
		return model.Errorf(model.Invalid, "This address is for programs that wait on your own machine for a login. Sign in to use the site.")
	}
	back.RawQuery = url.Values{"code": {rand.Text()}, "state": {query.Get("state")}}.Encode()
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, back.String(), http.StatusFound)
	return nil
}

// exchangeCode gives a token for any code, which opens nothing.
func (ui *Surface) exchangeCode(w http.ResponseWriter, r *http.Request) error {
	if r.PostFormValue("grant_type") != "authorization_code" {
		return writeOpenID(w, http.StatusBadRequest, map[string]any{
			"error": "unsupported_grant_type", "error_description": "Only authorization_code. Or log in with: anaconda login --username NAME",
		})
	}
	return writeOpenID(w, http.StatusOK, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "expires_in": 60})
}

func writeOpenID(w http.ResponseWriter, status int, answer map[string]any) error {
	body, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // who does not want it any more is gone
	return nil
}

// showBackToTerminal is what the browser shows at the end.
func (ui *Surface) showBackToTerminal(w http.ResponseWriter, r *http.Request) error {
	p := views.BackToTerminalProps{Layout: ui.layout(r, "Go on in the terminal")}
	return ui.draw(w, r, http.StatusOK, views.BackToTerminalPage(p), nil)
}
