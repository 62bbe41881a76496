package web

import "net/http"

// changeHandlers are the forms about what is in an index: labels, files, notices.
func (ui *Surface) changeHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"POST /{channel}/labels":                   ui.page(ui.changeLabels),
		"POST /{channel}/packages/{package}/files": ui.page(ui.changeFiles),
		"GET /{channel}/settings/notices":          ui.page(ui.showNotices),
		"POST /{channel}/settings/notices":         ui.page(ui.changeNotices),
	}
}
