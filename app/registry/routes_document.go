package registry

import "vivarium/app/model"

// documentRoutes are the pages of notebooks and environments, and what of a package a
// signed-in person may fetch in a browser.
var documentRoutes = []model.Route{
	page("POST /{channel}/notebooks", model.Write, model.OnAccount),
	page("POST /{channel}/environments", model.Write, model.OnAccount),
	page("GET /{channel}/packages/{package}/download", model.Read, model.OnPackage),
	page("GET /{channel}/packages/{package}/picture", model.Read, model.OnPackage),
	page("GET /{channel}/packages/{package}/thumbnail", model.Read, model.OnPackage),
}
