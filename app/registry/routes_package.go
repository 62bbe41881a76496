package registry

import "vivarium/app/model"

// packageRoutes are the pages about what a package needs, what needs it, and its
// labels.
var packageRoutes = []model.Route{
	page("GET /{channel}/packages/{package}/dependencies", model.Read, model.OnPackage),
	page("GET /{channel}/packages/{package}/labels", model.Read, model.OnPackage),
}
