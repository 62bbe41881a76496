// Package web serves the pages that people see in a browser: one file per noun.
// Who a request acts as comes from a session cookie and from nothing else. A
// handler asks registry, then draws a component of views: the whole page, or the
// part of it that htmx asked for.
package web

import (
	"maps"
	"net/http"

	"github.com/alexedwards/scs/v2"

	"vivarium/app/format/openapi"
	"vivarium/app/model"
	"vivarium/app/registry"
)

// Options is what a Surface is built from.
type Options struct {
	Registry *registry.Registry
	// Sessions keeps the browser sessions.
	Sessions scs.Store
	// Terms is the text of the Terms and Conditions, paragraphs separated by
	// blank lines; empty for the built-in ones.
	Terms string
	// Version of the program, for the footer.
	Version string
	// API describes the API, for its page.
	API *openapi.Document
}

// Surface is the site as people see it.
type Surface struct {
	Options
	plain, secure *scs.SessionManager
	crossOrigin   *http.CrossOriginProtection
}

// New builds the pages.
func New(o Options) *Surface {
	ui := &Surface{Options: o, crossOrigin: http.NewCrossOriginProtection()}
	ui.plain, ui.secure = ui.newSessions(false), ui.newSessions(true)
	ui.crossOrigin.SetDenyHandler(ui.open(refuse(model.Errorf(model.Forbidden, "This request came from another site. Go back, reload the page and try again."))))
	return ui
}

// Handlers returns a handler for every row of the page surface in the table of
// routes, by pattern.
func (ui *Surface) Handlers() map[string]http.Handler {
	all := ui.browseHandlers()
	maps.Copy(all, ui.accountHandlers())
	maps.Copy(all, ui.selfHandlers())
	maps.Copy(all, ui.rightsHandlers())
	maps.Copy(all, ui.changeHandlers())
	maps.Copy(all, ui.openidHandlers())
	maps.Copy(all, ui.starHandlers())
	maps.Copy(all, ui.landscapeHandlers())
	maps.Copy(all, ui.transferHandlers())
	return all
}

// accountHandlers are the pages of the front door, of one's own account, and of
// access tokens.
func (ui *Surface) accountHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /{$}":                        ui.page(ui.showHome),
		"GET /signup":                     ui.page(ui.showSignUp),
		"POST /signup":                    ui.page(ui.signUp),
		"GET /signin":                     ui.page(ui.showSignIn),
		"POST /signin":                    ui.page(ui.signIn),
		"POST /signout":                   ui.page(ui.signOut),
		"GET /terms":                      ui.page(ui.showTerms),
		"GET /docs":                       ui.page(ui.showGuide),
		"GET /docs/api":                   ui.page(ui.showAPI),
		"GET /docs/clients":               ui.page(ui.showClients),
		"GET /forgot-username":            ui.page(ui.showForgot(false)),
		"GET /forgot-password":            ui.page(ui.showForgot(true)),
		"GET /account/forgot_password":    ui.page(ui.forgotPassword),
		"POST /account/theme":             ui.page(ui.setTheme),
		"POST /account/acting":            ui.page(ui.switchAccount),
		"GET /account/profile":            ui.page(ui.showProfile),
		"POST /account/profile":           ui.page(ui.saveProfile),
		"GET /account/security":           ui.page(ui.showSecurity),
		"POST /account/security":          ui.page(ui.changePassword),
		"GET /avatar/{login}":             http.HandlerFunc(ui.avatar),
		"GET /{channel}/settings/access":  ui.page(ui.showTokens),
		"POST /{channel}/settings/access": ui.page(ui.createToken),
		"GET /{channel}/settings/access/{token}/revoke":  ui.page(ui.confirmRevoke),
		"POST /{channel}/settings/access/{token}/revoke": ui.page(ui.revokeToken),
	}
}

// selfHandlers are the ways into an account, and what a person does with it.
func (ui *Surface) selfHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"POST /signup/check":                   ui.page(ui.checkSignUp),
		"GET /account/invitations":             ui.page(ui.showInvitations),
		"POST /account/invitations":            ui.page(ui.changeInvitations),
		"POST /account/join":                   ui.page(ui.join),
		"POST /account/email":                  ui.page(ui.changeEmail),
		"POST /account/rename/check":           ui.page(ui.checkUsername),
		"GET /account/rename":                  ui.page(ui.showRename),
		"POST /account/rename":                 ui.page(ui.rename),
		"GET /account/delete":                  ui.page(ui.showDeleteAccount),
		"POST /account/delete":                 ui.page(ui.deleteAccount),
		"POST /account/export":                 ui.page(ui.export),
		"POST /account/sessions":               ui.page(ui.endSessions),
		"POST /forgot-username":                ui.page(ui.sendUsername),
		"POST /forgot-password":                ui.page(ui.sendPassword),
		"GET /reset-password/{secret}":         ui.page(ui.showReset),
		"POST /reset-password/{secret}":        ui.page(ui.resetPassword),
		"GET /account/confirm-email/{secret}":  ui.page(ui.showConfirmEmail),
		"POST /account/confirm-email/{secret}": ui.page(ui.confirmEmail),
		"GET /account/new-password":            ui.page(ui.showNewPassword),
		"POST /account/new-password":           ui.page(ui.chooseNewPassword),
	}
}

// RefusePage returns the page that says why a request is turned away before it
// gets to a page. Only an absent page is about the visitor: for all else no
// session is loaded.
func (ui *Surface) RefusePage(status int, err error) http.Handler {
	if status == http.StatusNotFound {
		return ui.open(refuse(err))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setPageHeaders(w.Header(), overHTTPS(r))
		ui.answer(w, r, status, err)
	})
}

func refuse(err error) handler {
	return func(http.ResponseWriter, *http.Request) error { return err }
}
