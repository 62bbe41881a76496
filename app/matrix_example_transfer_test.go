package main

import (
	"maps"
	"net/http"

	"vivarium/app/model"
)

func init() { maps.Copy(examples, transferExamples) }

// transferExamples give a package away: to the account of who asks, and to brook's.
var transferExamples = map[string][]example{
	"POST /api/package/{owner}/{package}/transfer": {
		{note: "to oneself", body: `{"owner": "SELF"}`},
		{note: "to a user", body: `{"owner": "brook"}`, rule: onlyBrooks, why: "and making packages there"},
		{note: "to a closed channel", body: `{"owner": "vault"}`, rule: onlyVaults, why: "and making packages there"},
	},
	"POST /{channel}/packages/{package}/transfer": {
		{note: "to oneself", body: "to=SELF&typed=NAME"},
		{note: "to a user", body: "to=brook&typed=NAME", rule: onlyBrooks, why: "and making packages there"},
	},
}

// onlyBrooks: a package goes to brook by who may make packages of brook's, and where
// it is already to nobody.
func onlyBrooks(_ model.Route, a actor, tg target, status int) int {
	if status == 0 && tg.channel != brook && a.login != brook && a.name != "acting" {
		return http.StatusForbidden
	}
	return status
}

// onlyVaults is onlyBrooks for the organization vault, which has a finch.
func onlyVaults(_ model.Route, a actor, tg target, status int) int {
	if status == 0 && tg.channel != vault && a.login != brook && a.login != vault {
		return http.StatusForbidden
	}
	return status
}
