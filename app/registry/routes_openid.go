package registry

import "vivarium/app/model"

// openidRoutes lead anaconda-client's browser login back to the terminal, where it
// asks for a password: this site signs no program in by a browser.
var openidRoutes = []model.Route{
	page("GET /.well-known/openid-configuration", model.NoAccess, model.OnNothing),
	page("GET /account/openid", model.NoAccess, model.OnNothing),
	page("POST /account/openid", model.NoAccess, model.OnNothing),
	page("GET /app/local-login-success", model.NoAccess, model.OnNothing),
}
