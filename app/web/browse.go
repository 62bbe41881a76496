package web

import "net/http"

// browseHandlers are the pages of channels, of what they hold, and of the lists in
// the Tools menu.
func (ui *Surface) browseHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /search":                                    ui.page(ui.showSearch),
		"GET /search/quick":                              ui.page(ui.showQuick),
		"GET /groups":                                    ui.page(ui.showGroups),
		"GET /organizations":                             ui.page(ui.showOrganizations),
		"POST /organizations":                            ui.page(ui.createOrganization),
		"GET /organizations/new":                         ui.page(ui.newOrganization),
		"GET /{channel}":                                 ui.page(ui.showChannel),
		"GET /{channel}/packages":                        ui.page(ui.showChannelPart(packagesPart)),
		"GET /{channel}/notebooks":                       ui.page(ui.showDocuments(notebooksPart)),
		"GET /{channel}/environments":                    ui.page(ui.showDocuments(environmentsPart)),
		"GET /{channel}/labels":                          ui.page(ui.showLabels),
		"GET /{channel}/collections":                     ui.page(ui.showCollections),
		"POST /{channel}/collections":                    ui.page(ui.createCollection),
		"GET /{channel}/collections/{collection}":        ui.page(ui.showCollection),
		"POST /{channel}/collections/{collection}":       ui.page(ui.changeCollection),
		"GET /{channel}/packages/{package}":              ui.page(ui.showPackage),
		"GET /{channel}/packages/{package}/files":        ui.page(ui.showFiles),
		"GET /{channel}/packages/{package}/versions":     ui.page(ui.showVersions),
		"GET /{channel}/packages/{package}/dependencies": ui.page(ui.showDependencies),
		"GET /{channel}/packages/{package}/labels":       ui.page(ui.showPackageLabels),
		"POST /{channel}/notebooks":                      ui.page(ui.uploadDocument(notebooksPart)),
		"POST /{channel}/environments":                   ui.page(ui.uploadDocument(environmentsPart)),
		"GET /{channel}/packages/{package}/download":     ui.page(ui.download),
		"GET /{channel}/packages/{package}/picture":      ui.page(ui.servePicture),
		"GET /{channel}/packages/{package}/thumbnail":    ui.page(ui.serveThumbnail),
		"GET /{channel}/packages/{package}/settings":     ui.page(ui.showPackageSettings),
		"POST /{channel}/packages/{package}/settings":    ui.page(ui.savePackageSettings),
	}
}
