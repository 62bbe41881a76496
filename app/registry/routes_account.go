package registry

import "vivarium/app/model"

// accountRoutes are the pages with which somebody gets into an account, and what a
// person does with it. A link in a mail is its own credential.
var accountRoutes = []model.Route{
	page("POST /signup/check", model.NoAccess, model.OnNothing),
	page("POST /forgot-username", model.NoAccess, model.OnNothing),
	page("POST /forgot-password", model.NoAccess, model.OnNothing),
	page("GET /reset-password/{secret}", model.NoAccess, model.OnNothing),
	page("POST /reset-password/{secret}", model.NoAccess, model.OnNothing),
	page("GET /account/confirm-email/{secret}", model.NoAccess, model.OnNothing),
	page("POST /account/confirm-email/{secret}", model.NoAccess, model.OnNothing),
	page("GET /account/new-password", model.Read, model.OnSelf),
	page("POST /account/new-password", model.Read, model.OnSelf),
	page("POST /account/email", model.Read, model.OnSelf),
	page("POST /account/rename/check", model.Read, model.OnSelf),
	page("GET /account/rename", model.Read, model.OnSelf),
	page("POST /account/rename", model.Read, model.OnSelf),
	page("GET /account/delete", model.Read, model.OnSelf),
	page("POST /account/delete", model.Read, model.OnSelf),
	page("POST /account/export", model.Read, model.OnSelf),
	page("POST /account/sessions", model.Read, model.OnSelf),
	page("GET /account/invitations", model.Read, model.OnSelf),
	page("POST /account/invitations", model.Read, model.OnSelf),
	page("POST /account/join", model.Read, model.OnSelf),
}
