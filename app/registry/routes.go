package registry

import "vivarium/app/model"

// Short names for the rows below.
var (
	apiRead  = []model.Scope{model.ScopeAPIRead}
	apiWrite = []model.Scope{model.ScopeAPIWrite}
	apiGroup = []model.Scope{model.ScopeAPIModifyGroup}
	pypiGet  = []model.Scope{model.ScopePyPIDownload}
	pypiPut  = []model.Scope{model.ScopePyPIUpload}
	condaGet = []model.Scope{model.ScopeCondaDownload}
)

// Routes is the one table that every mux is built from: a pattern that is not in
// it is not served, and a row without a handler stops the start. What each row
// needs is enforced here in registry, for every form of credential alike.
func Routes() []model.Route {
	var all []model.Route
	all = append(all, apiRoutes...)
	all = append(all, storeRoutes...)
	all = append(all, condaRoutes...)
	all = append(all, indexRoutes...)
	all = append(all, pypiRoutes...)
	all = append(all, oldRoutes...)
	all = append(all, rRoutes...)
	all = append(all, documentRoutes...)
	all = append(all, uploadRoutes...)
	all = append(all, labelRoutes...)
	all = append(all, packageRoutes...)
	all = append(all, starRoutes...)
	all = append(all, pageRoutes...)
	all = append(all, accountRoutes...)
	all = append(all, openidRoutes...)
	all = append(all, transferRoutes...)
	return append(all, rightsRoutes...)
}

func row(s model.Surface, pattern string, needs model.Permission, on model.Target, scopes []model.Scope) model.Route {
	return model.Route{Surface: s, Pattern: pattern, Needs: needs, On: on, Scopes: scopes}
}

func open(s model.Surface, pattern string) model.Route {
	return model.Route{Surface: s, Pattern: pattern, Open: true}
}

func api(pattern string, needs model.Permission, on model.Target, scopes []model.Scope) model.Route {
	return row(model.APISurface, pattern, needs, on, scopes)
}

// apiRoutes is the Binstar API. POST /api/authentications is open to a wrong
// token because it asks for a password of its own.
var apiRoutes = []model.Route{
	open(model.APISurface, "GET /api"),
	open(model.APISurface, "GET /api/{$}"),
	open(model.APISurface, "GET /api/openapi.json"),
	open(model.APISurface, "GET /api/authentication-type"),
	open(model.APISurface, "GET /api/scopes"),
	open(model.APISurface, "POST /api/authentications"),
	api("GET /api/authentications", model.Read, model.OnSelf, apiWrite),
	api("DELETE /api/authentications", model.Read, model.OnSelf, nil),
	api("GET /api/authentication", model.Read, model.OnSelf, nil),
	api("DELETE /api/authentications/name/{name...}", model.Read, model.OnSelf, apiWrite),
	api("DELETE /api/authentications/org/{org}/name/{name...}", model.Admin, model.OnAccount, apiWrite),
	api("GET /api/user", model.Read, model.OnSelf, apiRead),
	api("GET /api/user/orgs", model.Read, model.OnSelf, apiRead),
	api("GET /api/user/{login}", model.Read, model.OnAccount, apiRead),
	api("GET /api/users/{login}/orgs", model.Read, model.OnAccount, apiRead),
	api("GET /api/packages", model.Read, model.OnSelf, apiRead),
	api("GET /api/packages/{owner}", model.Read, model.OnAccount, apiRead),
	api("GET /api/package/{owner}/{package}", model.Read, model.OnPackage, apiRead),
	api("POST /api/package/{owner}/{package}", model.Write, model.OnAccount, apiWrite),
	api("PATCH /api/package/{owner}/{package}", model.Write, model.OnPackage, apiWrite),
	api("DELETE /api/package/{owner}/{package}", model.Write, model.OnPackage, apiWrite),
	api("GET /api/release/{owner}/{package}/{version}", model.Read, model.OnPackage, apiRead),
	api("POST /api/release/{owner}/{package}/{version}", model.Write, model.OnPackage, apiWrite),
	api("PATCH /api/release/{owner}/{package}/{version}", model.Write, model.OnPackage, apiWrite),
	api("DELETE /api/release/{owner}/{package}/{version}", model.Write, model.OnPackage, apiWrite),
	api("GET /api/dist/{owner}/{package}/{version}/{basename...}", model.Read, model.OnPackage, apiRead),
	api("DELETE /api/dist/{owner}/{package}/{version}/{basename...}", model.Write, model.OnPackage, apiWrite),
	api("GET /api/download/{owner}/{package}/{version}/{basename...}", model.Read, model.OnPackage, apiRead),
	api("POST /api/stage/{owner}/{package}/{version}/{basename...}", model.Write, model.OnPackage, apiWrite),
	api("POST /api/commit/{owner}/{package}/{version}/{basename...}", model.Write, model.OnPackage, apiWrite),
	api("GET /api/channels/{owner}", model.Read, model.OnAccount, apiRead),
	api("GET /api/channels/{owner}/{label...}", model.Read, model.OnAccount, apiRead),
	api("GET /api/search", model.NoAccess, model.OnNothing, apiRead),
	api("GET /api/groups", model.Read, model.OnSelf, apiRead),
	api("GET /api/groups/{org}", model.Admin, model.OnAccount, apiRead),
	api("GET /api/group/{org}/{group}", model.Admin, model.OnAccount, apiRead),
	api("POST /api/group/{org}/{group}", model.Admin, model.OnAccount, apiGroup),
	api("DELETE /api/group/{org}/{group}", model.Admin, model.OnAccount, apiGroup),
	api("GET /api/group/{org}/{group}/members", model.Admin, model.OnAccount, apiRead),
	api("GET /api/group/{org}/{group}/members/{user}", model.Admin, model.OnAccount, apiRead),
	api("PUT /api/group/{org}/{group}/members/{user}", model.Admin, model.OnAccount, apiGroup),
	api("DELETE /api/group/{org}/{group}/members/{user}", model.Admin, model.OnAccount, apiGroup),
	api("GET /api/group/{org}/{group}/packages", model.Admin, model.OnAccount, apiRead),
	api("PUT /api/group/{org}/{group}/packages/{package}", model.Admin, model.OnAccount, apiGroup),
	api("DELETE /api/group/{org}/{group}/packages/{package}", model.Admin, model.OnAccount, apiGroup),
	api("GET /api/packages/{owner}/{package}/collaborators", model.Read, model.OnPackage, apiRead),
	api("PUT /api/packages/{owner}/{package}/collaborators/{user}", model.Admin, model.OnPackage, apiWrite),
	api("DELETE /api/packages/{owner}/{package}/collaborators/{user}", model.Admin, model.OnPackage, apiWrite),
	api("GET /api/channel/{channel}/settings", model.Admin, model.OnAccount, apiRead),
	api("PATCH /api/channel/{channel}/settings", model.Admin, model.OnAccount, apiWrite),
	api("GET /api/audit", model.Read, model.OnSelf, apiRead),
}

// storeRoutes take a staged upload's bytes; the ticket in the form is the
// credential.
var storeRoutes = []model.Route{
	open(model.StoreSurface, "POST /upload/stage"),
}

// condaRoutes name a resource of a channel. condachannel finds it behind every
// URL form (with and without /conda, a token, a label), so these patterns say
// only what comes after them.
var condaRoutes = []model.Route{
	open(model.CondaSurface, "GET /{channel}/notices.json"),
	row(model.CondaSurface, "GET /{channel}/{subdir}/repodata.json", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/{subdir}/repodata.json.zst", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/{subdir}/repodata_shards.msgpack.zst", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/{subdir}/shards/{shard}", model.Read, model.OnPackage, condaGet),
	row(model.CondaSurface, "GET /{channel}/{subdir}/{file}", model.Read, model.OnPackage, condaGet),
}

// pypiRoutes name a resource of a Python index; pypiindex finds it behind every
// URL form, as condachannel does.
var pypiRoutes = []model.Route{
	row(model.PyPISurface, "GET /{channel}/simple/{$}", model.Read, model.OnAccount, pypiGet),
	row(model.PyPISurface, "GET /{channel}/simple/{project}/{$}", model.Read, model.OnPackage, pypiGet),
	row(model.PyPISurface, "GET /{channel}/simple/{project}/{sha256}/{file}", model.Read, model.OnPackage, pypiGet),
	row(model.PyPISurface, "GET /{channel}/{project}/json", model.Read, model.OnPackage, pypiGet),
	row(model.PyPISurface, "POST /{channel}/{$}", model.Write, model.OnPackage, pypiPut), // a new one takes Write on the account
}

func page(pattern string, needs model.Permission, on model.Target) model.Route {
	return row(model.PageSurface, pattern, needs, on, nil)
}

// pageRoutes are what people see. A page that needs somebody signed in sends
// others to /signin. /{channel}/{package}… is the short form of
// /{channel}/packages/{package}…: web rewrites it before its mux, because the two
// forms side by side would be ambiguous.
var pageRoutes = []model.Route{
	page("GET /{$}", model.NoAccess, model.OnNothing),
	page("GET /signup", model.NoAccess, model.OnNothing),
	page("POST /signup", model.NoAccess, model.OnNothing),
	page("GET /signin", model.NoAccess, model.OnNothing),
	page("POST /signin", model.NoAccess, model.OnNothing),
	page("POST /signout", model.NoAccess, model.OnNothing),
	page("GET /terms", model.NoAccess, model.OnNothing),
	page("GET /docs", model.NoAccess, model.OnNothing),
	page("GET /docs/api", model.NoAccess, model.OnNothing),
	page("GET /docs/clients", model.NoAccess, model.OnNothing),
	page("GET /forgot-username", model.NoAccess, model.OnNothing),
	page("GET /forgot-password", model.NoAccess, model.OnNothing),
	page("GET /account/forgot_password", model.NoAccess, model.OnNothing),
	page("POST /account/theme", model.NoAccess, model.OnNothing),
	page("POST /account/acting", model.Read, model.OnSelf),
	page("GET /account/profile", model.Read, model.OnSelf),
	page("POST /account/profile", model.Read, model.OnSelf),
	page("GET /account/security", model.Read, model.OnSelf),
	page("POST /account/security", model.Read, model.OnSelf),
	page("GET /landscape", model.Read, model.OnSelf),
	page("POST /landscape", model.Read, model.OnSelf),
	page("GET /search", model.NoAccess, model.OnNothing),
	page("GET /search/quick", model.NoAccess, model.OnNothing),
	page("GET /favorites", model.Read, model.OnSelf),
	page("GET /groups", model.Read, model.OnSelf),
	page("GET /organizations", model.Read, model.OnSelf),
	page("POST /organizations", model.Read, model.OnSelf),
	page("GET /organizations/new", model.Read, model.OnSelf),
	page("GET /avatar/{login}", model.NoAccess, model.OnNothing),
	page("GET /{channel}", model.Read, model.OnAccount),
	page("GET /{channel}/packages", model.Read, model.OnAccount),
	page("GET /{channel}/notebooks", model.Read, model.OnAccount),
	page("GET /{channel}/environments", model.Read, model.OnAccount),
	page("GET /{channel}/labels", model.Read, model.OnAccount),
	page("GET /{channel}/settings/access", model.Admin, model.OnAccount),
	page("POST /{channel}/settings/access", model.Admin, model.OnAccount),
	page("GET /{channel}/settings/access/{token}/revoke", model.Admin, model.OnAccount),
	page("POST /{channel}/settings/access/{token}/revoke", model.Admin, model.OnAccount),
	page("GET /{channel}/packages/{package}", model.Read, model.OnPackage),
	page("GET /{channel}/packages/{package}/files", model.Read, model.OnPackage),
	page("GET /{channel}/packages/{package}/versions", model.Read, model.OnPackage),
	page("GET /{channel}/packages/{package}/settings", model.Admin, model.OnPackage),
	page("POST /{channel}/packages/{package}/settings", model.Admin, model.OnPackage),
}
