package registry

import "vivarium/app/model"

// oldRoutes are what older clients ask of the API: projects, collections, publishing,
// the list of all packages; download counts; and the pages of collections.
var oldRoutes = []model.Route{
	api("GET /api/package_listing", model.NoAccess, model.OnNothing, apiRead),
	api("GET /api/license", model.Read, model.OnSelf, nil),
	api("GET /api/user/{account}/downloads/{days}", model.Read, model.OnAccount, apiRead),

	api("GET /api/publish/{owner}/{package}", model.Read, model.OnPackage, apiRead),
	api("PUT /api/publish/{owner}/{package}", model.Admin, model.OnPackage, apiWrite),
	api("DELETE /api/publish/{owner}/{package}", model.Admin, model.OnPackage, apiWrite),

	api("GET /api/apps/{owner}/projects", model.Read, model.OnAccount, apiRead),
	api("POST /api/apps/{owner}/projects", model.Write, model.OnAccount, apiWrite),
	api("GET /api/apps/{owner}/projects/{package}", model.Read, model.OnPackage, apiRead),
	api("POST /api/apps/{owner}/projects/{package}/stage", model.Write, model.OnPackage, apiWrite),
	api("POST /api/apps/{owner}/projects/{package}/commit/{dist_id}", model.Write, model.OnPackage, apiWrite),

	api("GET /api/collections/{owner}", model.Read, model.OnAccount, apiRead),
	api("GET /api/collections/{owner}/{collection}", model.Read, model.OnAccount, apiRead),
	api("POST /api/collections/{owner}/{collection}", model.Admin, model.OnAccount, apiWrite),
	api("PATCH /api/collections/{owner}/{collection}", model.Admin, model.OnAccount, apiWrite),
	api("DELETE /api/collections/{owner}/{collection}", model.Admin, model.OnAccount, apiWrite),
	api("PUT /api/collections/{owner}/{collection}/package", model.Admin, model.OnAccount, apiWrite),
	api("DELETE /api/collections/{owner}/{collection}/package", model.Admin, model.OnAccount, apiWrite),
	api("PATCH /api/collections/{owner}/{collection}/pull", model.Admin, model.OnAccount, apiWrite),
	page("GET /{channel}/collections", model.Read, model.OnAccount),
	page("POST /{channel}/collections", model.Admin, model.OnAccount),
	page("GET /{channel}/collections/{collection}", model.Read, model.OnAccount),
	page("POST /{channel}/collections/{collection}", model.Admin, model.OnAccount),
}
