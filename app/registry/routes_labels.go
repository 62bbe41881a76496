package registry

import "vivarium/app/model"

// labelRoutes change what is in an index without new bytes: labels, copies,
// yanks, patches, a project's status, notices. A label's name may hold slashes and
// a file's a subdir, so what is done to them stands at the end of the tail of the
// path: /lock, /copy/{to}, /labels, /yank, /patch.
//
// The client's own addresses of notices, /api/{owner}/notices, cannot stand in a
// mux beside /api/user/{login}: binstar.Canonical reads them as /api/notices/{owner}.
var labelRoutes = []model.Route{
	api("POST /api/channels/{owner}/{label...}", model.Write, model.OnAccount, apiWrite),
	api("PUT /api/channels/{owner}/{label...}", model.Write, model.OnAccount, apiWrite),
	api("DELETE /api/channels/{owner}/{label...}", model.Write, model.OnAccount, apiWrite),
	api("POST /api/channel/{channel}/labels", model.Write, model.OnAccount, apiWrite),
	api("POST /api/package/{owner}/{package}/labels", model.Write, model.OnPackage, apiWrite),
	api("PUT /api/package/{owner}/{package}/labels", model.Write, model.OnPackage, apiWrite),
	api("DELETE /api/package/{owner}/{package}/labels", model.Write, model.OnPackage, apiWrite),
	api("POST /api/release/{owner}/{package}/{version}/labels", model.Write, model.OnPackage, apiWrite),
	api("PUT /api/release/{owner}/{package}/{version}/labels", model.Write, model.OnPackage, apiWrite),
	api("DELETE /api/release/{owner}/{package}/{version}/labels", model.Write, model.OnPackage, apiWrite),
	api("POST /api/release/{owner}/{package}/{version}/yank", model.Write, model.OnPackage, apiWrite),
	api("DELETE /api/release/{owner}/{package}/{version}/yank", model.Write, model.OnPackage, apiWrite),
	api("POST /api/dist/{owner}/{package}/{version}/{basename...}", model.Write, model.OnPackage, apiWrite),
	api("PUT /api/dist/{owner}/{package}/{version}/{basename...}", model.Write, model.OnPackage, apiWrite),
	api("POST /api/copy/package/{owner}/{package}/{version}/{basename...}", model.Read, model.OnPackage, apiWrite),
	api("PUT /api/copy/package/{owner}/{package}/{version}/{basename...}", model.Read, model.OnPackage, apiWrite),
	api("PATCH /api/copy/package/{owner}/{package}/{version}/{basename...}", model.Read, model.OnPackage, apiWrite),
	api("PUT /api/package/{owner}/{package}/status", model.Admin, model.OnPackage, apiWrite),
	api("GET /api/channel/{channel}/notices", model.Admin, model.OnAccount, apiRead),
	api("POST /api/channel/{channel}/notices", model.Admin, model.OnAccount, apiWrite),
	api("DELETE /api/channel/{channel}/notices/{notice}", model.Admin, model.OnAccount, apiWrite),
	api("GET /api/notices/{owner}", model.Admin, model.OnAccount, apiRead),
	api("POST /api/notices/{owner}", model.Admin, model.OnAccount, apiWrite),
	api("GET /api/notices/{owner}/{notice}", model.Admin, model.OnAccount, apiRead),
	api("PATCH /api/notices/{owner}/{notice}", model.Admin, model.OnAccount, apiWrite),
	api("DELETE /api/notices/{owner}/{notice}", model.Admin, model.OnAccount, apiWrite),
	api("POST /api/notices/{owner}/{notice}/publish", model.Admin, model.OnAccount, apiWrite),
	api("POST /api/notices/{owner}/{notice}/archive", model.Admin, model.OnAccount, apiWrite),
	page("POST /{channel}/labels", model.Write, model.OnAccount),
	page("POST /{channel}/packages/{package}/files", model.Write, model.OnPackage),
	page("GET /{channel}/settings/notices", model.Admin, model.OnAccount),
	page("POST /{channel}/settings/notices", model.Admin, model.OnAccount),
}
