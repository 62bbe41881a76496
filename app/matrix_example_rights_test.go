package main

import (
	"maps"
	"net/http"

	"vivarium/app/model"
)

func init() { maps.Copy(examples, rightsExamples) }

// rightsExamples are the pages about an organization itself, which a user does not
// have, and those of the audit log.
var rightsExamples = map[string][]example{
	"GET /{channel}/settings/profile":   {{organizations: true}},
	"POST /{channel}/settings/profile":  {{organizations: true, body: "name=Another"}},
	"POST /{channel}/settings/photo":    {{body: "do=remove"}},
	"GET /{channel}/settings/rename":    {{organizations: true}},
	"POST /{channel}/settings/rename":   {{organizations: true, body: "to=renamed"}},
	"GET /{channel}/settings/transfer":  {{organizations: true}},
	"POST /{channel}/settings/transfer": {{organizations: true, body: "to=extra"}},
	"GET /{channel}/settings/delete":    {{organizations: true}},
	"POST /{channel}/settings/delete":   {{note: "one of two", organizations: true, body: "typed=labs"}, {note: "the other", organizations: true, body: "typed=vault"}},
	"GET /admin/audit":                  {{rule: onlyAdministrators, auditors: true, why: "administrators of the site"}},
}

// onlyAdministrators: the site's own pages are theirs alone.
func onlyAdministrators(_ model.Route, a actor, _ target, status int) int {
	if status == 0 && !a.admin {
		return http.StatusForbidden
	}
	return status
}
