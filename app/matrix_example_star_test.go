package main

import (
	"maps"
	"net/http"

	"vivarium/app/model"
)

func init() { maps.Copy(examples, starExamples) }

// starExamples are favorites, which take a person where anyone may read the
// package.
var starExamples = map[string][]example{
	"GET /api/stars":                          {{rule: noOrganization, why: "people have favorites"}},
	"PUT /api/stars/{owner}/{package}":        {{rule: onlyPeople, why: "people have favorites"}},
	"DELETE /api/stars/{owner}/{package}":     {{rule: onlyPeople, why: "people have favorites"}},
	"POST /landscape":                         {{body: "group=1"}},
	"POST /{channel}/packages/{package}/star": {{body: "do=star", rule: onlyPeople, why: "people have favorites"}},
}

// noOrganization: favorites are asked for by people.
func noOrganization(row model.Route, a actor, _ target, status int) int {
	if status == 0 && a.login == labs && a.cookie == "" {
		return http.StatusForbidden
	}
	return status
}

// onlyPeople: who stars what anyone may see is somebody, and no organization.
func onlyPeople(row model.Route, a actor, tg target, status int) int {
	if row.Surface == model.APISurface {
		status = alsoWrites(row, a, tg, status)
	}
	switch {
	case status != 0:
		return status
	case a.anonymous():
		return http.StatusUnauthorized
	case a.login == labs && a.cookie == "":
		return http.StatusForbidden
	}
	return 0
}
