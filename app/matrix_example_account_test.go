package main

import (
	"maps"
	"net/http"

	"vivarium/app/model"
)

func init() { maps.Copy(examples, accountExamples) }

// accountExamples are the rows of registry/routes_account.go.
var accountExamples = map[string][]example{
	"GET /reset-password/{secret}":         {deadLink},
	"POST /reset-password/{secret}":        {deadLink},
	"GET /account/confirm-email/{secret}":  {deadLink},
	"POST /account/confirm-email/{secret}": {deadLink},
	"POST /account/new-password":           {{rule: onlyGiven, why: "whose password somebody else chose"}},
	"POST /account/invitations":            {{rule: onlyInviters, why: "to the site, its administrators"}, {note: "into labs", body: "joins=labs/crew", rule: onlyOwners, why: "owners of the organization"}},
	"POST /account/join":                   {{rule: gone, why: "a link is its own credential"}},
}

var deadLink = example{names: []string{"{secret}", "NOSUCHLINK"}, rule: gone, why: "a link is its own credential"}

// gone: nobody gets in by a link that was not handed out.
func gone(_ model.Route, _ actor, _ target, status int) int {
	if status == 0 {
		return http.StatusGone
	}
	return status
}

// onlyGiven: everybody here has chosen the password themselves.
func onlyGiven(_ model.Route, _ actor, _ target, status int) int {
	if status == 0 {
		return http.StatusForbidden
	}
	return status
}

// onlyInviters: owners invite into their groups alone.
func onlyInviters(_ model.Route, a actor, _ target, status int) int {
	if status == 0 && !a.admin {
		return http.StatusForbidden
	}
	return status
}
