package registry

import "vivarium/app/model"

// rightsRoutes are the pages about who may do what: groups, members, a channel's
// settings.
var rightsRoutes = []model.Route{
	page("GET /groups/{org}/{group}/leave", model.Read, model.OnSelf),
	page("POST /groups/{org}/{group}/leave", model.Read, model.OnSelf),
	page("GET /{channel}/groups", model.Admin, model.OnAccount),
	page("POST /{channel}/groups", model.Admin, model.OnAccount),
	page("GET /{channel}/groups/{group}", model.Admin, model.OnAccount),
	page("POST /{channel}/groups/{group}", model.Admin, model.OnAccount),
	page("GET /{channel}/groups/{group}/delete", model.Admin, model.OnAccount),
	page("POST /{channel}/groups/{group}/delete", model.Admin, model.OnAccount),
	page("GET /{channel}/members", model.Admin, model.OnAccount),
	page("POST /{channel}/members", model.Admin, model.OnAccount),
	page("GET /{channel}/settings/profile", model.Admin, model.OnAccount),
	page("POST /{channel}/settings/profile", model.Admin, model.OnAccount),
	page("POST /{channel}/settings/photo", model.Admin, model.OnAccount),
	page("GET /{channel}/settings/rename", model.Admin, model.OnAccount),
	page("POST /{channel}/settings/rename", model.Admin, model.OnAccount),
	page("GET /{channel}/settings/transfer", model.Admin, model.OnAccount),
	page("POST /{channel}/settings/transfer", model.Admin, model.OnAccount),
	page("GET /{channel}/settings/delete", model.Admin, model.OnAccount),
	page("POST /{channel}/settings/delete", model.Admin, model.OnAccount),
	page("GET /{channel}/packages/{package}/access", model.Admin, model.OnPackage),
	page("GET /{channel}/settings/why", model.Admin, model.OnAccount),
	page("GET /account/audit", model.Read, model.OnSelf),
	page("GET /admin/audit", model.Read, model.OnSelf),
	page("GET /{channel}/settings/audit", model.Admin, model.OnAccount),
	page("POST /{channel}/packages", model.Admin, model.OnAccount),
	page("GET /{channel}/settings", model.Admin, model.OnAccount),
	page("POST /{channel}/settings", model.Admin, model.OnAccount),
}
