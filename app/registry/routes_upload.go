package registry

import "vivarium/app/model"

// condaPut opens the doors that take conda packages.
var condaPut = []model.Scope{model.ScopeConda, model.ScopeAPIWrite}

// uploadRoutes take a file in one request, in the forms that uploaders of several
// servers speak.
var uploadRoutes = []model.Route{
	row(model.CondaSurface, "PUT /{channel}/{subdir}/{file}", model.Write, model.OnAccount, condaPut),
	row(model.QuetzSurface, "POST /quetz/api/channels/{channel}/upload/{file}", model.Write, model.OnAccount, condaPut),
	row(model.PrefixSurface, "POST /prefix/api/v1/upload/{channel}", model.Write, model.OnAccount, condaPut),
	api("PUT /api/upload/{channel}/{file}", model.Write, model.OnAccount, apiWrite),
}
