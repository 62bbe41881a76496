package registry

import "vivarium/app/model"

// accountRoutes are the pages with which somebody gets into an account, and what a
// person does with it. A link in a mail is its own credential.
var accountRoutes = []model.Route{
	page("POST /forgot-username", model.NoAccess, model.OnNothing),
	page("POST /forgot-password", model.NoAccess, model.OnNothing),
	page("GET /reset-password/{secret}", model.NoAccess, model.OnNothing),
	page("POST /reset-password/{secret}", model.NoAccess, model.OnNothing),
	page("GET /account/confirm-email/{secret}", model.NoAccess, model.OnNothing),
	page("POST /account/confirm-email/{secret}", model.NoAccess, model.OnNothing),
	page("GET /account/new-password", model.Read, model.OnSelf),
	page("POST /account/new-password", model.Read, model.OnSelf),
}
