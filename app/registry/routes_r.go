package registry

import "vivarium/app/model"

// rRoutes name a resource of a CRAN-like repository; cranindex finds it behind every
// URL form. R knows no scope of its own: what opens conda's packages opens its too.
var rRoutes = []model.Route{
	row(model.RSurface, "GET /{channel}/{folder}/PACKAGES", model.Read, model.OnAccount, condaGet),
	row(model.RSurface, "GET /{channel}/{folder}/PACKAGES.gz", model.Read, model.OnAccount, condaGet),
	row(model.RSurface, "GET /{channel}/{folder}/{rfile}", model.Read, model.OnPackage, condaGet),
}
