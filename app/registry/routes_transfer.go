package registry

import "vivarium/app/model"

// transferRoutes give a package to another account.
var transferRoutes = []model.Route{
	api("POST /api/package/{owner}/{package}/transfer", model.Admin, model.OnPackage, apiWrite),
	page("GET /{channel}/packages/{package}/transfer", model.Admin, model.OnPackage),
	page("POST /{channel}/packages/{package}/transfer", model.Admin, model.OnPackage),
}
