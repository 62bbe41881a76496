package web

import "net/http"

// rightsHandlers are the pages about who may do what.
func (ui *Surface) rightsHandlers() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /groups/{org}/{group}/leave":          ui.page(ui.confirmLeave),
		"POST /groups/{org}/{group}/leave":         ui.page(ui.leaveGroup),
		"GET /{channel}/groups":                    ui.page(ui.showGroupList),
		"POST /{channel}/groups":                   ui.page(ui.createGroup),
		"GET /{channel}/groups/{group}":            ui.page(ui.showGroup),
		"POST /{channel}/groups/{group}":           ui.page(ui.changeGroup),
		"GET /{channel}/groups/{group}/delete":     ui.page(ui.confirmDeleteGroup),
		"POST /{channel}/groups/{group}/delete":    ui.page(ui.deleteGroup),
		"GET /{channel}/members":                   ui.page(ui.showMembers),
		"POST /{channel}/members":                  ui.page(ui.changeMembers),
		"GET /{channel}/settings/profile":          ui.page(ui.showOrganizationSettings),
		"POST /{channel}/settings/profile":         ui.page(ui.saveOrganizationProfile),
		"POST /{channel}/settings/photo":           ui.page(ui.changePhoto),
		"GET /{channel}/settings/rename":           ui.page(ui.confirmRename),
		"POST /{channel}/settings/rename":          ui.page(ui.renameOrganization),
		"GET /{channel}/settings/transfer":         ui.page(ui.confirmTransfer),
		"POST /{channel}/settings/transfer":        ui.page(ui.transferOrganization),
		"GET /{channel}/settings/delete":           ui.page(ui.confirmDeleteOrganization),
		"POST /{channel}/settings/delete":          ui.page(ui.deleteOrganization),
		"GET /{channel}/packages/{package}/access": ui.page(ui.showWhy),
		"GET /{channel}/settings/why":              ui.page(ui.askWhy),
		"GET /account/audit":                       ui.page(ui.showOwnAudit),
		"GET /admin/audit":                         ui.page(ui.showSiteAudit),
		"GET /{channel}/settings/audit":            ui.page(ui.showAudit),
		"POST /{channel}/packages":                 ui.page(ui.setAccess),
		"GET /{channel}/settings":                  ui.page(ui.showChannelSettings),
		"POST /{channel}/settings":                 ui.page(ui.saveChannelSettings),
	}
}
