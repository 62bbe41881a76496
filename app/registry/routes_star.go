package registry

import "vivarium/app/model"

// starRoutes are favorites. What somebody starred is theirs, so that it takes a
// person and a scope even where anyone may read the package.
var starRoutes = []model.Route{
	api("GET /api/stars", model.Read, model.OnSelf, apiRead),
	api("GET /api/stars/{owner}/{package}", model.Admin, model.OnPackage, apiRead),
	api("PUT /api/stars/{owner}/{package}", model.Read, model.OnPackage, apiWrite),
	api("DELETE /api/stars/{owner}/{package}", model.Read, model.OnPackage, apiWrite),
	page("POST /{channel}/packages/{package}/star", model.Read, model.OnPackage),
	page("GET /{channel}/packages/{package}/stars", model.Admin, model.OnPackage),
}
