package registry

import "vivarium/app/model"

// indexRoutes are the documents about a channel beside repodata and shards. As in
// condaRoutes, a pattern is what comes after every form of a channel's URL.
var indexRoutes = []model.Route{
	row(model.CondaSurface, "GET /{channel}/channeldata.json", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/channeldata.json.zst", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/index.html", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/rss.xml", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/{subdir}/current_repodata.json", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/{subdir}/current_repodata.json.zst", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/{subdir}/run_exports.json", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/{subdir}/run_exports.json.zst", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/{subdir}/patch_instructions.json", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/{subdir}/patch_instructions.json.zst", model.Read, model.OnAccount, condaGet),
	row(model.CondaSurface, "GET /{channel}/{subdir}/index.html", model.Read, model.OnAccount, condaGet),
}
